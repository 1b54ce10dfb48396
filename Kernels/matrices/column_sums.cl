// sums[j] = sum_i matrix[i, j] + beta * sums[j]; with beta == 0 the old sums are not read
__kernel void column_sums(
    const uint rows, const uint columns, const uint stride, const float beta,
    __global const float *restrict matrix, const uint matrix_start, __global float *restrict sums,
    const uint sums_start, __local FLOATS *scratch) {
  START(matrix) START(sums)
  const uint column = get_global_id(0) * WIDTH;
  FLOATS total = 0.0f;
  if (column < columns) {
    SUM_ROWS(
        total, row, rows, load_part(matrix + (size_t)row * stride, column, columns, 0.0f));
  }
  total = column_sum(total, scratch);
  if (get_local_id(1) == 0 && column < columns) accumulate(total, beta, sums, column, columns);
}
