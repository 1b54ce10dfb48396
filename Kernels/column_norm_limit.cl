// columns longer than the limit are scaled to it; one without a finite length becomes NaN
#define X(row) load_part(matrix + (size_t)(row) * stride, column, columns, 0.0f)

__kernel void column_norm_limit(
    const uint rows, const uint columns, const uint stride, const float limit,
    __global float *restrict matrix, __local FLOATS *scratch) {
  const uint column = get_global_id(0) * WIDTH;
  FLOATS squares = 0.0f;
  if (column < columns) {
    SUM_ROWS(squares, row, rows, X(row) * X(row));
  }
  const FLOATS norm = sqrt(column_sum(squares, scratch));
  if (column >= columns) return;
  FLOATS scale = select((FLOATS)(1.0f), limit / norm, norm > limit);
  scale = select((FLOATS)(NAN), scale, isfinite(norm));
  EACH_ROW(row, rows)
    store_part(scale * X(row), matrix + (size_t)row * stride, column, columns);
}
