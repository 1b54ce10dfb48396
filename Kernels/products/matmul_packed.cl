// c = epilogue(a b): for processors, where the rows of wide matrices lie in too many pages
//
// A work-item, alone in its group, computes some tiles of ROWS x VECTORS vectors. For each BLOCK
// of terms it copies its part of `b` together, so that all its tiles read it from the innermost
// cache, and keeps unfinished sums in local memory.
//
// TRANSPOSED_A: `a` is stored depth x rows. TRANSPOSED_B: `b` is stored columns x depth, its rows
// padded with zeros to whole vectors. SUMS_BIAS: as in matmul_vector.cl.
#define WIDE (VECTORS * WIDTH)

#ifdef TRANSPOSED_A
#define A(row, term) a[(size_t)(term) * a_stride + (row)]
#else
#define A(row, term) a[(size_t)(row) * a_stride + (term)]
#endif

/* panel[term][column] = b[first_term + term, first_column + column] for `terms` terms. */
static inline void pack(
    __local float *restrict panel, __global const float *restrict b, uint b_stride,
    uint first_term, uint terms, uint first_column, uint columns) {
#ifdef TRANSPOSED_B
  for (uint column = 0; column < WIDE; column++) {
    /* Columns beyond the end repeat the last one, and are not stored. */
    __global const float *source =
        b + (size_t)min(first_column + column, columns - 1) * b_stride + first_term;
    for (uint term = 0; term < terms; term++) panel[term * WIDE + column] = source[term];
  }
#else
  for (uint term = 0; term < terms; term++)
    UNROLL for (uint j = 0; j < VECTORS; j++) {
      const uint column = min(first_column + j * WIDTH, b_stride - WIDTH);
      STORE(LOAD(0, b + (size_t)(first_term + term) * b_stride + column), 0,
            panel + term * WIDE + j * WIDTH);
    }
#endif
}

__kernel void matmul_packed(
    const ProductSizes sizes, __global const float *restrict a, const uint a_start,
    __global const float *restrict b, const uint b_start, __global float *restrict c,
    const uint c_start, EPILOGUE_OPERANDS,
    __local float *restrict panel, __local float *restrict unfinished BIAS_OPERANDS) {
  START(a) START(b) START(c) START_EPILOGUE START_BIAS
  const uint rows = sizes.rows, columns = sizes.columns, depth = sizes.depth;
  const uint a_stride = sizes.a_stride, b_stride = sizes.b_stride, c_stride = sizes.c_stride;
  const uint first_row = get_global_id(1) * ROWS * sizes.tiles;
  const uint first_column = get_global_id(0) * WIDE;
#ifdef SUMS_BIAS
  FLOATS totals[VECTORS];
  UNROLL for (uint j = 0; j < VECTORS; j++) totals[j] = 0.0f;
#endif
  for (uint start = 0; start < depth; start += BLOCK) {
    const uint terms = min((uint)BLOCK, depth - start);
    pack(panel, b, b_stride, start, terms, first_column, columns);
#ifdef SUMS_BIAS
    if (first_row == 0)
      for (uint term = 0; term < terms; term++)
        UNROLL for (uint j = 0; j < VECTORS; j++)
          totals[j] += LOAD(0, panel + term * WIDE + j * WIDTH);
#endif
    for (uint tile = 0; tile < sizes.tiles; tile++) {
      const uint tile_row = first_row + tile * ROWS;
      if (tile_row >= rows) break;
      __local float *restrict kept = unfinished + tile * ROWS * WIDE;
      uint row[ROWS];
      UNROLL for (uint i = 0; i < ROWS; i++) row[i] = min(tile_row + i, rows - 1);
      FLOATS sums[ROWS][VECTORS];
      UNROLL for (uint i = 0; i < ROWS; i++)
        UNROLL for (uint j = 0; j < VECTORS; j++)
          sums[i][j] = start == 0 ? (FLOATS)(0.0f) : LOAD(0, kept + i * WIDE + j * WIDTH);
      for (uint term = 0; term < terms; term++) {
        FLOATS factors[VECTORS];
        UNROLL for (uint j = 0; j < VECTORS; j++)
          factors[j] = LOAD(0, panel + term * WIDE + j * WIDTH);
        UNROLL for (uint i = 0; i < ROWS; i++) {
          const FLOATS factor = A(row[i], start + term);
          UNROLL for (uint j = 0; j < VECTORS; j++)
            sums[i][j] = fma(factor, factors[j], sums[i][j]);
        }
      }
      UNROLL for (uint i = 0; i < ROWS; i++)
        UNROLL for (uint j = 0; j < VECTORS; j++) {
          const uint at = first_column + j * WIDTH;
          if (start + BLOCK < depth)
            STORE(sums[i][j], 0, kept + i * WIDE + j * WIDTH);
          else if (tile_row + i < rows && at < columns)
            finish(sums[i][j], c, tile_row + i, at, columns, c_stride, EPILOGUE_ARGUMENTS);
        }
    }
  }
#ifdef SUMS_BIAS
  if (first_row != 0) return;
  UNROLL for (uint j = 0; j < VECTORS; j++) {
    const uint at = first_column + j * WIDTH;
    if (at < columns) update_bias(totals[j], at, columns, momentum, rate, bias_velocity, bias);
  }
#endif
}
