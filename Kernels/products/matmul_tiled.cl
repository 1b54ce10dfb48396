// c = epilogue(a b): for GPUs, by tiles in local memory
//
// A work-group computes a tile of TILE x TILE results, each work-item ROWS x VECTORS vectors of 4
// columns. The group copies a slice of `a` and of `b`, SLICE terms deep, into local memory, term by
// term, and multiplies while its next slices are on their way into registers.
//
// TRANSPOSED_A, TRANSPOSED_B: stored depth x rows, columns x depth.
// SUMS_BIAS: the groups of the first rows also sum the columns of `b` for the bias.
// EPILOGUE == PART: each part of the depth has its own groups, which store its sums in a matrix of
// its own, one below the other, with the bias as its last row; `matmul_parts.cl` does the rest.
#define GROUP_COLUMNS (TILE / (4 * VECTORS))
#define GROUP_ROWS (TILE / ROWS)
#define ITEMS (GROUP_COLUMNS * GROUP_ROWS)
/* Vectors that a work-item copies of each operand. */
#define COPIES (TILE * SLICE / 4 / ITEMS)
/* The vectors of a term, and one more so that the terms start in different banks. */
#define PITCH (TILE / 4 + 1)

/* A vector of an operand stored line by line of the tile: it has 4 terms. */
static inline float4 load_across(
    __global const OPERAND *restrict x, uint stride, uint first, uint term, uint lines, uint end,
    uint number) {
  const uint line = number / (SLICE / 4), at = number % (SLICE / 4) * 4;
  return load_operand(x, stride, first + line, term + at, lines, end);
}
static inline void place_across(float4 x, __local float4 *tile, uint number) {
  const uint line = number / (SLICE / 4), at = number % (SLICE / 4) * 4;
  __local float *numbers = (__local float *)tile + at * PITCH * 4 + line;
  numbers[0] = x.s0;
  numbers[PITCH * 4] = x.s1;
  numbers[PITCH * 8] = x.s2;
  numbers[PITCH * 12] = x.s3;
}

/* A vector of an operand stored term by term. */
static inline float4 load_along(
    __global const OPERAND *restrict x, uint stride, uint first, uint term, uint lines, uint end,
    uint number) {
  const uint line = number / (TILE / 4), at = number % (TILE / 4) * 4;
  return load_operand(x, stride, term + line, first + at, end, lines);
}
static inline void place_along(float4 x, __local float4 *tile, uint number) {
  tile[number / (TILE / 4) * PITCH + number % (TILE / 4)] = x;
}

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

__kernel __attribute__((reqd_work_group_size(GROUP_COLUMNS, GROUP_ROWS, 1))) void matmul_tiled(
    const ProductSizes sizes, __global const OPERAND *restrict a, const uint a_start,
    __global const OPERAND *restrict b, const uint b_start, __global float *restrict c,
    const uint c_start, EPILOGUE_OPERANDS BIAS_OPERANDS, __local float4 *restrict tiles) {
  START(a) START(b) START(c) START_EPILOGUE START_BIAS
  const uint rows = sizes.rows, columns = sizes.columns, depth = sizes.depth;
  const uint a_stride = sizes.a_stride, b_stride = sizes.b_stride, c_stride = sizes.c_stride;
  const uint column_item = get_local_id(0), row_item = get_local_id(1);
  const uint item = row_item * GROUP_COLUMNS + column_item;
  const uint first_column = get_group_id(0) * TILE;
#if EPILOGUE == PART
  const uint tile_rows = (rows + TILE - 1) / TILE;
  const uint part = get_group_id(1) / tile_rows;
  const uint first_row = (get_group_id(1) - part * tile_rows) * TILE;
  const uint begin = part * part_depth, end = min(begin + part_depth, depth);
  c += (size_t)part * part_rows * c_stride;
#else
  const uint first_row = get_group_id(1) * TILE, begin = 0, end = depth;
#endif
  __local float4 *tile_a = tiles, *tile_b = tiles + SLICE * PITCH;

  float4 sums[ROWS][VECTORS];
  UNROLL for (uint i = 0; i < ROWS; i++)
    UNROLL for (uint j = 0; j < VECTORS; j++) sums[i][j] = 0.0f;
#ifdef SUMS_BIAS
  const bool sums_bias = first_row == 0 && row_item == 0;
  float4 bias_sums[VECTORS];
  UNROLL for (uint j = 0; j < VECTORS; j++) bias_sums[j] = 0.0f;
#endif
  float4 next_a[COPIES], next_b[COPIES];
  UNROLL for (uint n = 0; n < COPIES; n++) {
    next_a[n] = LOAD_A(a, a_stride, first_row, begin, rows, end, item + n * ITEMS);
    next_b[n] = LOAD_B(b, b_stride, first_column, begin, columns, end, item + n * ITEMS);
  }
  for (uint term = begin; term < end; term += SLICE) {
    UNROLL for (uint n = 0; n < COPIES; n++) {
      PLACE_A(next_a[n], tile_a, item + n * ITEMS);
      PLACE_B(next_b[n], tile_b, item + n * ITEMS);
    }
    barrier(CLK_LOCAL_MEM_FENCE); /* the slices are complete */
    UNROLL for (uint n = 0; n < COPIES; n++) {
      next_a[n] = LOAD_A(a, a_stride, first_row, term + SLICE, rows, end, item + n * ITEMS);
      next_b[n] = LOAD_B(b, b_stride, first_column, term + SLICE, columns, end, item + n * ITEMS);
    }
    /* With more terms at a time compilers run out of registers. */
    _Pragma("unroll 8") for (uint k = 0; k < SLICE; k++) {
      float4 y[VECTORS];
      UNROLL for (uint j = 0; j < VECTORS; j++)
        y[j] = tile_b[k * PITCH + column_item + j * GROUP_COLUMNS];
      UNROLL for (uint i = 0; i < ROWS; i += 4) {
        const float4 x = tile_a[k * PITCH + (row_item * ROWS + i) / 4];
        UNROLL for (uint j = 0; j < VECTORS; j++) {
          sums[i][j] = fma((float4)(x.s0), y[j], sums[i][j]);
          sums[i + 1][j] = fma((float4)(x.s1), y[j], sums[i + 1][j]);
          sums[i + 2][j] = fma((float4)(x.s2), y[j], sums[i + 2][j]);
          sums[i + 3][j] = fma((float4)(x.s3), y[j], sums[i + 3][j]);
        }
      }
    }
#ifdef SUMS_BIAS
    if (sums_bias)
      _Pragma("unroll 1") for (uint k = 0; k < SLICE; k++)
        UNROLL for (uint j = 0; j < VECTORS; j++)
          bias_sums[j] += tile_b[k * PITCH + column_item + j * GROUP_COLUMNS];
#endif
    barrier(CLK_LOCAL_MEM_FENCE); /* all have read them before the next are placed */
  }
  UNROLL for (uint j = 0; j < VECTORS; j++) {
    const uint column = first_column + (column_item + j * GROUP_COLUMNS) * 4;
    if (column >= columns) break;
    UNROLL for (uint i = 0; i < ROWS; i++) {
      const uint row = first_row + row_item * ROWS + i;
      if (row < rows) finish(sums[i][j], c, row, column, columns, c_stride, EPILOGUE_ARGUMENTS);
    }
#ifdef SUMS_BIAS
    if (sums_bias) FINISH_BIAS(bias_sums[j], column);
#endif
  }
}
