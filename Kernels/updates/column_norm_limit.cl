// columns longer than the limit are scaled to it; one without a finite length becomes NaN
//
// By columns.clh.
static inline void column_norm_limit_columns(
    PART_COLUMNS, const uint rows, const uint stride, const float limit,
    __global float *restrict matrix, __local FLOATS *scratch) {
  const uint lane = ROW_LANE;
  FLOATS squares = 0.0f;
  if (column < columns) {
    for (uint row = lane; row < rows; row += ROW_LANES) {
      const FLOATS x = load_part(matrix + (size_t)row * stride, column, columns, 0.0f);
      squares += x * x;
    }
  }
  squares = column_sum(squares, scratch);
  if (column >= columns) return;
  const FLOATS norm = sqrt(squares);
  FLOATS scale = select((FLOATS)(1.0f), limit / norm, norm > limit);
  scale = select((FLOATS)(NAN), scale, isfinite(norm));
  for (uint row = lane; row < rows; row += ROW_LANES) {
    __global float *x = matrix + (size_t)row * stride;
    store_part(scale * load_part(x, column, columns, 0.0f), x, column, columns);
  }
}
