// c = alpha a b^T + beta c for some rows, `b` stored columns x depth with few terms: for processors
//
// `turned` is the group's own copy of b^T: with it, sums over few terms are made for whole vectors of
// columns.
__attribute__((noinline)) static void product_turned_rows(
    PART_ROWS, const uint columns, const uint depth, const uint a_stride, const uint b_stride,
    const uint c_stride, const float alpha, const float beta, __global const float *restrict a,
    __global const float *restrict b, __global float *restrict c, __local float *turned) {
  const uint turned_stride = (columns + WIDTH - 1) / WIDTH * WIDTH;
  for (uint column = 0; column < columns; column++)
    for (uint term = 0; term < depth; term++)
      turned[term * turned_stride + column] = b[(size_t)column * b_stride + term];
  for (uint part = first_row; part < end_row; part += ROWS) {
    size_t row[ROWS];
    UNROLL for (uint i = 0; i < ROWS; i++) row[i] = (size_t)min(part + i, end_row - 1) * a_stride;
    for (uint at = 0; at < columns; at += WIDTH) {
      FLOATS sums[ROWS];
      UNROLL for (uint i = 0; i < ROWS; i++) sums[i] = 0.0f;
      for (uint term = 0; term < depth; term++) {
        const FLOATS factors = LOAD(0, turned + term * turned_stride + at);
        UNROLL for (uint i = 0; i < ROWS; i++) sums[i] = fma(a[row[i] + term], factors, sums[i]);
      }
      UNROLL for (uint i = 0; i < ROWS; i++)
        if (part + i < end_row)
          finish_sums(
              sums[i], c + (size_t)(part + i) * c_stride, at, columns, c_stride, alpha, beta);
    }
  }
}
