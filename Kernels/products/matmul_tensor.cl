// c = epilogue(a b): by the tensor cores of NVIDIA's GPUs, in TF32X3, TF32 or BF16
//
// A work-group computes a tile of TILE_ROWS x TILE_COLUMNS results, each of its warps WARP_ROWS x
// WARP_COLUMNS. Numbers are rounded once, on their way into local memory (`tensor_tile.clh`), while
// the next slice of both operands is on its way into registers. STAGES 2: there is room for two
// slices, so that placing one need not wait until all have multiplied the other.
//
// TF32X3 has the error of fp32: of each number the part that TF32 leaves is multiplied too, and the
// tensor cores, which cut off sums, add up no more than a slice. Registers add the slices.
//
// TRANSPOSED_A, TRANSPOSED_B, SUMS_BIAS, EPILOGUE == PART: as in `matmul_tiled.cl`.
#define WARPS_ACROSS (TILE_COLUMNS / WARP_COLUMNS)
#define ITEMS (TILE_ROWS / WARP_ROWS * WARPS_ACROSS * 32)
/* Parts of a slice that a work-item copies. */
#define COPIES ((LINES + ITEMS - 1) / ITEMS)
#ifdef TF32X3
#define SLICE_WORDS (LINES * 8)
#else
#define SLICE_WORDS (LINES * 4)
#endif

#ifdef TRANSPOSED_A
#define LOAD_A load_along
#define PLACE_A place_along
#else
#define LOAD_A load_across
#define PLACE_A place_across
#endif
#ifdef TRANSPOSED_B
#define LOAD_B load_across
#define PLACE_B place_across
#else
#define LOAD_B load_along
#define PLACE_B place_along
#endif

/* The parts of a slice that this work-item copies, and which operand each is of; the compiler mostly knows. */
#define EACH_COPY(n, unit)                                                                 \
  UNROLL for (uint n = 0, unit = item; n < COPIES; n++, unit += ITEMS)
#define IS_OF_A(n, unit) ((n + 1) * ITEMS <= TILE_ROWS || (n * ITEMS < TILE_ROWS && unit < TILE_ROWS))
#define IS_OF_B(n, unit) (!IS_OF_A(n, unit) && ((n + 1) * ITEMS <= LINES || unit < LINES))

/* The columns of `b` in the parts that a work-item copies, summed for the bias in fp32. */
#ifdef SUMS_BIAS
#define SUM_COLUMNS                                                                        \
  EACH_COPY(n, unit) {                                                                     \
    if (first_row == 0 && IS_OF_B(n, unit))                                                \
      UNROLL for (uint t = 0; t < WORD_TERMS; t++) bias_sums += next[n][t];                \
  }
#else
#define SUM_COLUMNS
#endif

#define LOAD_SLICE(term)                                                                   \
  EACH_COPY(n, unit) {                                                                     \
    if (IS_OF_A(n, unit))                                                                  \
      LOAD_A(next[n], a, a_stride, first_row, term, rows, end, unit, TILE_ROWS);           \
    else if (IS_OF_B(n, unit))                                                             \
      LOAD_B(                                                                              \
          next[n], b, b_stride, first_column, term, columns, end, unit - TILE_ROWS,        \
          TILE_COLUMNS);                                                                   \
  }
#define PLACE_SLICE(words)                                                                 \
  EACH_COPY(n, unit) {                                                                     \
    if (IS_OF_A(n, unit))                                                                  \
      PLACE_A(next[n], words, 0, unit, TILE_ROWS);                                         \
    else if (IS_OF_B(n, unit))                                                             \
      PLACE_B(next[n], words, TILE_ROWS, unit - TILE_ROWS, TILE_COLUMNS);                  \
  }

__kernel __attribute__((reqd_work_group_size(ITEMS, 1, 1))) void matmul_tensor(
    const ProductSizes sizes, __global const OPERAND *restrict a, const uint a_start,
    __global const OPERAND *restrict b, const uint b_start, __global RESULT *restrict c,
    const uint c_start, EPILOGUE_OPERANDS BIAS_OPERANDS, __local uint4 *restrict words) {
  START(a) START(b) START(c) START_EPILOGUE START_BIAS
  const uint rows = sizes.rows, columns = sizes.columns, depth = sizes.depth;
  const uint a_stride = sizes.a_stride, b_stride = sizes.b_stride, c_stride = sizes.c_stride;
  const uint item = get_local_id(0), warp = item / 32, lane = item % 32;
  const uint first_column = get_group_id(0) * TILE_COLUMNS;
  START_TILE
  const uint row = warp / WARPS_ACROSS * WARP_ROWS, column = warp % WARPS_ACROSS * WARP_COLUMNS;
#ifdef EMULATED_TENSOR_CORES
  __local uint *exchange = (__local uint *)(words + STAGES * SLICE_WORDS);
#endif

  float4 sums[BLOCKS][FRAGMENTS];
  UNROLL for (uint i = 0; i < BLOCKS; i++)
    UNROLL for (uint j = 0; j < FRAGMENTS; j++) sums[i][j] = 0.0f;
  float4 next[COPIES][4 * QUARTERS];
#ifdef SUMS_BIAS
  float4 bias_sums = 0.0f;
#endif
  LOAD_SLICE(begin)
  SUM_COLUMNS
  PLACE_SLICE(words)
  barrier(CLK_LOCAL_MEM_FENCE); /* the first slice is complete */
  uint stage = 0;
  for (uint term = begin; term < end; term += SLICE) {
    /* Beyond the end these are zeros. */
    LOAD_SLICE(term + SLICE)
    multiply_slice(row, column, words + stage * SLICE_WORDS, sums EXCHANGE_ARGUMENT);
#if STAGES == 2
    stage ^= 1;
#else
    barrier(CLK_LOCAL_MEM_FENCE); /* all have read the slice before the next is placed */
#endif
    SUM_COLUMNS
    PLACE_SLICE(words + stage * SLICE_WORDS)
    barrier(CLK_LOCAL_MEM_FENCE); /* the next slice is complete */
  }
  UNROLL for (uint i = 0; i < BLOCKS; i++)
    UNROLL for (uint j = 0; j < FRAGMENTS; j += 2) {
      const uint to = first_column + column + j * 8 + lane % 4 * 4;
      const uint from = first_row + row + i * 16 + lane / 4;
      const float4 x = sums[i][j], y = sums[i][j + 1];
      if (to >= columns) continue;
      if (from < rows)
        finish((float4)(x.lo, y.lo), c, from, to, columns, c_stride, EPILOGUE_ARGUMENTS);
      if (from + 8 < rows)
        finish((float4)(x.hi, y.hi), c, from + 8, to, columns, c_stride, EPILOGUE_ARGUMENTS);
    }
#ifdef SUMS_BIAS
  /* Four work-items have sums of the same columns. All have multiplied the last slice. */
  __local float4 *parts = (__local float4 *)words;
  EACH_COPY(n, unit) {
    if (IS_OF_B(n, unit)) parts[unit - TILE_ROWS] = bias_sums;
  }
  barrier(CLK_LOCAL_MEM_FENCE); /* all sums are in their places */
  const uint vectors = TILE_COLUMNS / 4, to = first_column + item * 4;
  if (first_row == 0 && item < vectors && to < columns) {
    bias_sums = (parts[item] + parts[item + vectors])
                + (parts[item + 2 * vectors] + parts[item + 3 * vectors]);
    FINISH_BIAS(bias_sums, to);
  }
#endif
}
