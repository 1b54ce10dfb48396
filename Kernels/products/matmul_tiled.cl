// c = epilogue(a b): for GPUs, by tiles in local memory
//
// A work-group computes a tile of TILE_ROWS x TILE_COLUMNS results, each work-item 8 rows x VECTORS
// vectors of 4 columns. Slices of `a` and `b`, SLICE terms deep, lie in local memory twice: the group
// multiplies one pair while the next is on its way through registers into the other, so that a slice
// takes one barrier. Each of TEAMS teams of work-items has the whole tile and its share of the terms of
// each slice; in the end the first adds up the sums of all.
//
// TRANSPOSED_A, TRANSPOSED_B: stored depth x rows, columns x depth.
// SUMS_BIAS: the groups of the first rows also sum the columns of `b` for the bias.
// EPILOGUE == PART: each part of the depth has its own groups, which store its sums in a matrix of
// its own, one below the other, with the bias as its last row; `matmul_parts.cl` does the rest.
#define TERMS (SLICE / TEAMS)
#define COLUMN_VECTORS (TILE_COLUMNS / 4)

/* Reads the numbers that a term of a slice takes. */
#define READ_TERM(to, at, k)                                                                     \
  UNROLL for (uint i = 0; i < 2; i++) x[to][i] = (at)[(k) * PITCH_A + row_vector + 4 * i];       \
  UNROLL for (uint j = 0; j < VECTORS; j++)                                                      \
    y[to][j] = (at)[SLICE * PITCH_A + (k) * PITCH_B + column_vector + 8 * j];
#define MULTIPLY(of)                                                                             \
  UNROLL for (uint i = 0; i < 2; i++) UNROLL for (uint j = 0; j < VECTORS; j++) {                \
    sums[4 * i][j] = fma((float4)(x[of][i].s0), y[of][j], sums[4 * i][j]);                       \
    sums[4 * i + 1][j] = fma((float4)(x[of][i].s1), y[of][j], sums[4 * i + 1][j]);               \
    sums[4 * i + 2][j] = fma((float4)(x[of][i].s2), y[of][j], sums[4 * i + 2][j]);               \
    sums[4 * i + 3][j] = fma((float4)(x[of][i].s3), y[of][j], sums[4 * i + 3][j]);               \
  }

__kernel __attribute__((reqd_work_group_size(ITEMS, 1, 1))) void matmul_tiled(
    const ProductSizes sizes, __global const OPERAND *restrict a, const uint a_start,
    __global const OPERAND *restrict b, const uint b_start, __global RESULT *restrict c,
    const uint c_start, EPILOGUE_OPERANDS BIAS_OPERANDS, __local float4 *restrict tiles) {
  START(a) START(b) START(c) START_EPILOGUE START_BIAS
  const uint rows = sizes.rows, columns = sizes.columns, depth = sizes.depth;
  const uint a_stride = sizes.a_stride, b_stride = sizes.b_stride, c_stride = sizes.c_stride;
  const uint first_column = get_group_id(0) * TILE_COLUMNS;
  START_TILE
  /* 32 work-items are a warp, 4 across the rows and 8 across the columns. Its halves read 2 vectors of
     `a` and 8 of `b`, neighbours the same of `b`: each half takes all banks once, or a broadcast. */
  const uint item = get_local_id(0), team = item / TEAM_ITEMS, lane = item % 32;
  const uint warp = item % TEAM_ITEMS / 32, warps_across = TILE_COLUMNS / (32 * VECTORS);
  const uint row_vector = warp / warps_across * 8 + lane / 16 * 2 + lane % 2;
  const uint column_vector = warp % warps_across * 8 * VECTORS + lane / 2 % 8;

  Place place_a[COPIES_A], place_b[COPIES_B];
  __global const OPERAND *from_a[COPIES_A], *from_b[COPIES_B];
  float4 next_a[COPIES_A], next_b[COPIES_B];
  int limit_a[COPIES_A], limit_b[COPIES_B];
  uint count_a = 0, count_b = 0;
  UNROLL for (uint n = 0; n < COPIES_A; n++) {
    place_a[n] = A(place)(item + n * ITEMS, TILE_ROWS);
    limit_a[n] = limit_of(place_a[n], end);
    from_a[n] = A(begin)(a, a_stride, first_row, begin, place_a[n], rows, &count_a);
  }
  UNROLL for (uint n = 0; n < COPIES_B; n++) {
    place_b[n] = B(place)(item + n * ITEMS, TILE_COLUMNS);
    limit_b[n] = limit_of(place_b[n], end);
    from_b[n] = B(begin)(b, b_stride, first_column, begin, place_b[n], columns, &count_b);
  }
  float4 sums[8][VECTORS], x[2][2], y[2][VECTORS];
  UNROLL for (uint i = 0; i < 8; i++)
    UNROLL for (uint j = 0; j < VECTORS; j++) sums[i][j] = 0.0f;
#ifdef SUMS_BIAS
  float4 bias_sums = 0.0f;
#endif

  __local float4 *now = tiles, *other = tiles + SLICE * (PITCH_A + PITCH_B);
  LOAD_SLICES(begin)
  STORE_SLICES(now)
  barrier(CLK_LOCAL_MEM_FENCE); /* the first slices are complete */
  READ_TERM(0, now, team * TERMS)
  for (uint term = begin; term < end; term += SLICE) {
    LOAD_SLICES(term + SLICE)
    UNROLL for (uint k = 1; k < TERMS; k++) {
      READ_TERM(k % 2, now, team * TERMS + k)
      MULTIPLY((k - 1) % 2)
    }
#ifdef SUMS_BIAS
    /* By all groups, though the first ones alone need them: a condition costs registers. */
    UNROLL for (uint n = 0; n < SLICE * COLUMN_VECTORS / ITEMS; n++)
      bias_sums += now[SLICE * PITCH_A + item % COLUMN_VECTORS
                       + (item / COLUMN_VECTORS + n * (ITEMS / COLUMN_VECTORS)) * PITCH_B];
#endif
    STORE_SLICES(other)
    __local float4 *const former = now;
    now = other;
    other = former;
    barrier(CLK_LOCAL_MEM_FENCE); /* all have read the old slices, and the next are complete */
    /* What the next slice takes first is on its way while the last term is multiplied. */
    READ_TERM(0, now, team * TERMS)
    MULTIPLY((TERMS - 1) % 2)
  }
#if TEAMS > 1
  for (uint turn = 1; turn < TEAMS; turn++) {
    barrier(CLK_LOCAL_MEM_FENCE); /* all have read what lay here before */
    if (team == turn)
      UNROLL for (uint i = 0; i < 8 * VECTORS; i++)
        tiles[i * TEAM_ITEMS + item % TEAM_ITEMS] = sums[i / VECTORS][i % VECTORS];
    barrier(CLK_LOCAL_MEM_FENCE); /* the sums of a team are complete */
    if (team == 0)
      UNROLL for (uint i = 0; i < 8 * VECTORS; i++)
        sums[i / VECTORS][i % VECTORS] += tiles[i * TEAM_ITEMS + item];
  }
#endif
#ifdef SUMS_BIAS
  barrier(CLK_LOCAL_MEM_FENCE); /* all have read what lay here before */
  tiles[item] = bias_sums;
  barrier(CLK_LOCAL_MEM_FENCE); /* the sums of each share of the terms are complete */
  if (first_row == 0 && item < COLUMN_VECTORS && first_column + item * 4 < columns) {
    for (uint i = item + COLUMN_VECTORS; i < ITEMS; i += COLUMN_VECTORS) bias_sums += tiles[i];
    FINISH_BIAS(bias_sums, first_column + item * 4);
  }
#endif
  barrier(CLK_LOCAL_MEM_FENCE); /* all have read what lay here before */
  if (team != 0) return;
  /* A work-item puts four sums at a time into local memory and finishes them in a loop. Written out for each
     sum, long activations are more than compilers unroll, and then all sums lie in memory. */
  __local float4 *const own = tiles + item;
  UNROLL for (uint j = 0; j < VECTORS; j++) UNROLL for (uint i = 0; i < 8; i += 4) {
    UNROLL for (uint n = 0; n < 4; n++) own[n * TEAM_ITEMS] = sums[i + n][j];
    const uint column = first_column + (column_vector + j * 8) * 4;
    const uint row = first_row + (row_vector + i) * 4;
    if (column < columns)
      _Pragma("unroll 1") for (uint n = 0; n < 4 && row + n < rows; n++)
        finish(own[n * TEAM_ITEMS], c, row + n, column, columns, c_stride, EPILOGUE_ARGUMENTS);
  }
}
