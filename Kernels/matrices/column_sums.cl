// sums[j] = sum_i matrix[i, j] + beta * sums[j]; with beta == 0 the old sums are not read
static inline void column_sums_columns(
    PART_COLUMNS, const uint rows, const uint stride, const float beta,
    __global const float *restrict matrix, __global float *restrict sums,
    __local FLOATS *scratch) {
  FLOATS total = 0.0f;
  if (column < columns) {
    SUM_ROWS(
        total, row, rows, load_part(matrix + (size_t)row * stride, column, columns, 0.0f));
  }
  total = column_sum(total, scratch);
  if (ROW_LANE == 0 && column < columns) accumulate(total, beta, sums, column, columns);
}
