// columns longer than the limit are scaled to it; one without a finite length becomes NaN
//
// A work-group of COLUMN_LANES x LANES: each work-item takes every LANES-th row of WIDTH columns.
__kernel void column_norm_limit(
    const uint rows, const uint columns, const uint stride, const float limit,
    __global float *restrict matrix, const uint matrix_start, __local FLOATS *scratch) {
  START(matrix)
  const uint column = get_global_id(0) * WIDTH;
  const uint lane = get_local_id(1);
  FLOATS squares = 0.0f;
  if (column < columns) {
    for (uint row = lane; row < rows; row += LANES) {
      const FLOATS x = load_part(matrix + (size_t)row * stride, column, columns, 0.0f);
      squares += x * x;
    }
  }
#if LANES > 1
  __local FLOATS *mine = scratch + get_local_id(0);
  mine[lane * COLUMN_LANES] = squares;
  barrier(CLK_LOCAL_MEM_FENCE); /* every sum is in its place */
  for (uint reach = LANES / 2; reach > 0; reach /= 2) {
    if (lane < reach) mine[lane * COLUMN_LANES] += mine[(lane + reach) * COLUMN_LANES];
    barrier(CLK_LOCAL_MEM_FENCE); /* a level is done before the next reads it */
  }
  squares = mine[0];
#endif
  if (column >= columns) return;
  const FLOATS norm = sqrt(squares);
  FLOATS scale = select((FLOATS)(1.0f), limit / norm, norm > limit);
  scale = select((FLOATS)(NAN), scale, isfinite(norm));
  for (uint row = lane; row < rows; row += LANES) {
    __global float *x = matrix + (size_t)row * stride;
    store_part(scale * load_part(x, column, columns, 0.0f), x, column, columns);
  }
}
