// c = epilogue(a b): for processors, by the tiles of vector_tile.clh
//
// A work-item, alone in its group, computes some tiles of ROWS x VECTORS vectors of WIDTH columns.
// TRANSPOSED_A: `a` is stored depth x rows, as for weight gradients.
//
// SUMS_BIAS: those that have the first rows also sum the columns of `b` for the bias, and update
// it: `bias_velocity = momentum * bias_velocity + sums`, `bias -= rate * bias_velocity`.
#ifdef TRANSPOSED_A
#define STEPS_OF_A 1, a_stride
#else
#define STEPS_OF_A a_stride, 1
#endif

__kernel void matmul_vector(
    const ProductSizes sizes, __global const float *restrict a, const uint a_start,
    __global const float *restrict b, const uint b_start, __global float *restrict c,
    const uint c_start, EPILOGUE_OPERANDS
    BIAS_OPERANDS) {
  START(a) START(b) START(c) START_EPILOGUE START_BIAS
  const uint rows = sizes.rows, columns = sizes.columns, depth = sizes.depth;
  const uint a_stride = sizes.a_stride, b_stride = sizes.b_stride, c_stride = sizes.c_stride;
  const uint first_row = get_global_id(1) * ROWS * sizes.tiles;
  const uint first_column = get_global_id(0) * VECTORS * WIDTH;
  for (uint row = first_row; row < min(first_row + ROWS * sizes.tiles, rows); row += ROWS) {
    FLOATS sums[ROWS][VECTORS];
    multiply_tile(row, first_column, rows, depth, STEPS_OF_A, b_stride, a, b, sums);
    EACH_VECTOR_OF_TILE(i, j, at, row, first_column, rows, columns)
      finish(sums[i][j], c, row + i, at, columns, c_stride, EPILOGUE_ARGUMENTS);
  }

#ifdef SUMS_BIAS
  if (first_row == 0)
    update_bias_by_sums(
        first_column, columns, depth, b_stride, b, momentum, rate, bias_velocity, bias);
#endif
}
