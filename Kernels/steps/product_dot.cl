// c = alpha a b^T + beta c for some rows, `b` stored columns x depth: for processors, by the tiles of
// dot_tile.clh
__attribute__((noinline)) static void product_dot_rows(
    PART_ROWS, const uint columns, const uint depth, const uint a_stride, const uint b_stride,
    const uint c_stride, const float alpha, const float beta, __global const float *restrict a,
    __global const float *restrict b, __global float *restrict c) {
  for (uint block = 0; block < columns; block += 16)
    for (uint part = first_row; part < end_row; part += 4) {
      size_t row[4];
      UNROLL for (uint i = 0; i < 4; i++) row[i] = (size_t)min(part + i, end_row - 1) * a_stride;
      float16 sums[4];
      multiply_dot_tile(row, block, columns, depth, b_stride, a, b, sums);
      UNROLL for (uint i = 0; i < 4; i++)
        if (part + i < end_row)
          finish_sums(
              sums[i], c + (size_t)(part + i) * c_stride, block, columns, c_stride, alpha, beta);
    }
}
