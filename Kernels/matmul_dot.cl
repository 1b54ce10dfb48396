// c = epilogue(a b^T), `b` stored columns x depth: for processors, with vectors along the depth
//
// A work-item, alone in its group, computes ROWS rows of STEPS tiles of 4 columns. A tile of 4 x 4
// sums keeps 16 vectors of partial sums in registers, which are added up at the end by halving
// four times. The depth is padded with zeros to whole vectors in `a` and in `b`.
#define UNROLL _Pragma("unroll")

/* Each halving turns two vectors of partial sums into one with half as many for each of both. */
#define EIGHTHS(x, y) (float16)(x.lo + x.hi, y.lo + y.hi)
#define QUARTERS(x, y) \
  ((float16)(x.s0123, x.s89ab, y.s0123, y.s89ab) + (float16)(x.s4567, x.scdef, y.s4567, y.scdef))
#define PAIRS(x, y)                                                               \
  ((float16)(x.s01, x.s45, x.s89, x.scd, y.s01, y.s45, y.s89, y.scd)              \
   + (float16)(x.s23, x.s67, x.sab, x.sef, y.s23, y.s67, y.sab, y.sef))
#define TOTALS(x, y) ((float16)(x.even, y.even) + (float16)(x.odd, y.odd))

__kernel void matmul_dot(
    const ProductSizes sizes, __global const float *restrict a,
    __global const float *restrict b, __global float *restrict c, EPILOGUE_PARAMETERS) {
  const uint rows = sizes.rows, columns = sizes.columns, depth = sizes.depth;
  const uint a_stride = sizes.a_stride, b_stride = sizes.b_stride, c_stride = sizes.c_stride;
  const uint first_row = get_global_id(1) * 4;
  size_t row[4];
  UNROLL for (uint i = 0; i < 4; i++) row[i] = (size_t)min(first_row + i, rows - 1) * a_stride;
  const uint tile = get_global_id(0) * STEPS * 16;
  for (uint block = tile; block < min(tile + STEPS * 16, columns); block += 16) {
    /* Four tiles of 4 columns make the 16 that are stored at once. */
    float16 totals[4];
    for (uint part = 0; part < 4; part++) {
      size_t column[4];
      UNROLL for (uint j = 0; j < 4; j++)
        column[j] = (size_t)min(block + part * 4 + j, columns - 1) * b_stride;
      float16 s[16];
      UNROLL for (uint n = 0; n < 16; n++) s[n] = 0.0f;
      for (uint term = 0; term < depth; term += 16) {
        float16 factors[4];
        UNROLL for (uint j = 0; j < 4; j++) factors[j] = vload16(0, b + column[j] + term);
        UNROLL for (uint i = 0; i < 4; i++) {
          const float16 factor = vload16(0, a + row[i] + term);
          UNROLL for (uint j = 0; j < 4; j++)
            s[i * 4 + j] = fma(factor, factors[j], s[i * 4 + j]);
        }
      }
      UNROLL for (uint n = 0; n < 8; n++) s[n] = EIGHTHS(s[2 * n], s[2 * n + 1]);
      UNROLL for (uint n = 0; n < 4; n++) s[n] = QUARTERS(s[2 * n], s[2 * n + 1]);
      UNROLL for (uint n = 0; n < 2; n++) s[n] = PAIRS(s[2 * n], s[2 * n + 1]);
      totals[part] = TOTALS(s[0], s[1]);
    }
    const float16 first =
        (float16)(totals[0].lo.lo, totals[1].lo.lo, totals[2].lo.lo, totals[3].lo.lo);
    const float16 second =
        (float16)(totals[0].lo.hi, totals[1].lo.hi, totals[2].lo.hi, totals[3].lo.hi);
    const float16 third =
        (float16)(totals[0].hi.lo, totals[1].hi.lo, totals[2].hi.lo, totals[3].hi.lo);
    const float16 fourth =
        (float16)(totals[0].hi.hi, totals[1].hi.hi, totals[2].hi.hi, totals[3].hi.hi);
    finish(first, c, first_row, block, columns, c_stride, EPILOGUE_ARGUMENTS);
    if (first_row + 1 < rows)
      finish(second, c, first_row + 1, block, columns, c_stride, EPILOGUE_ARGUMENTS);
    if (first_row + 2 < rows)
      finish(third, c, first_row + 2, block, columns, c_stride, EPILOGUE_ARGUMENTS);
    if (first_row + 3 < rows)
      finish(fourth, c, first_row + 3, block, columns, c_stride, EPILOGUE_ARGUMENTS);
  }
}
