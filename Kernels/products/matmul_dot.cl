// c = epilogue(a b^T), `b` stored columns x depth: for processors, by the tiles of dot_tile.clh
//
// A work-item, alone in its group, computes 4 rows of BLOCKS tiles.
__kernel void matmul_dot(
    const ProductSizes sizes, __global const float *restrict a, const uint a_start,
    __global const float *restrict b, const uint b_start, __global float *restrict c,
    const uint c_start, EPILOGUE_OPERANDS) {
  START(a) START(b) START(c) START_EPILOGUE
  const uint rows = sizes.rows, columns = sizes.columns;
  const uint first_row = get_global_id(1) * 4;
  size_t row[4];
  UNROLL for (uint i = 0; i < 4; i++)
    row[i] = (size_t)min(first_row + i, rows - 1) * sizes.a_stride;
  const uint tile = get_global_id(0) * BLOCKS * 16;
  for (uint block = tile; block < min(tile + BLOCKS * 16, columns); block += 16) {
    float16 sums[4];
    multiply_dot_tile(row, block, columns, sizes.depth, sizes.b_stride, a, b, sums);
    UNROLL for (uint i = 0; i < 4; i++)
      if (first_row + i < rows)
        finish(sums[i], c, first_row + i, block, columns, sizes.c_stride, EPILOGUE_ARGUMENTS);
  }
}
