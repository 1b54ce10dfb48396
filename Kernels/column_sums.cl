// sums[j] = sum_i matrix[i, j] + beta * sums[j]; with beta == 0 the old sums are not read
//
// A work-group of COLUMN_LANES x LANES: each work-item sums every LANES-th row of WIDTH columns,
// then the group adds up in a fixed tree.
#define BLOCK 64

__kernel void column_sums(
    const uint rows, const uint columns, const uint stride, const float beta,
    __global const float *restrict matrix, __global float *restrict sums, __local FLOATS *scratch) {
  const uint column = get_global_id(0) * WIDTH;
  const uint lane = get_local_id(1);
  FLOATS total = 0.0f;
  if (column < columns) {
    /* Blocks of rows keep the rounding error of long columns small. */
    for (uint block = lane; block < rows; block += BLOCK * LANES) {
      const uint end = min(rows, block + BLOCK * LANES);
      FLOATS part = 0.0f;
      for (uint row = block; row < end; row += LANES)
        part += load_part(matrix + (size_t)row * stride, column, columns, 0.0f);
      total += part;
    }
  }
#if LANES > 1
  __local FLOATS *mine = scratch + get_local_id(0);
  mine[lane * COLUMN_LANES] = total;
  barrier(CLK_LOCAL_MEM_FENCE); /* every sum is in its place */
  for (uint reach = LANES / 2; reach > 0; reach /= 2) {
    if (lane < reach) mine[lane * COLUMN_LANES] += mine[(lane + reach) * COLUMN_LANES];
    barrier(CLK_LOCAL_MEM_FENCE); /* a level is done before the next reads it */
  }
  total = mine[0];
#endif
  if (lane != 0 || column >= columns) return;
  if (beta != 0.0f) total += beta * load_part(sums, column, columns, 0.0f);
  store_part(total, sums, column, columns);
}
