// c = alpha a b + beta c for some rows and columns: for GPUs, by all work-items of a group
//
// The group goes through blocks of ROWS x VECTORS vectors of 4 columns. For each vector it has DEPTH_LANES
// work-items, which share the depth: each takes every DEPTH_LANES-th four terms, and in the end they add up
// in a fixed tree. Neighbours read neighbouring numbers: columns of `b`, or terms where it is transposed.
//
// TRANSPOSED_A, TRANSPOSED_B: stored depth x rows, columns x depth. The first row is a multiple of ROWS, the
// first column one of 4.
#define DEPTH_LANES (LANES / VECTORS)
#ifdef TRANSPOSED_B
#define ITEM(lane, vector) ((vector) * DEPTH_LANES + (lane))
#define ITEM_LANE (get_local_id(0) % DEPTH_LANES)
#define ITEM_VECTOR (get_local_id(0) / DEPTH_LANES)
#else
#define ITEM(lane, vector) ((lane) * VECTORS + (vector))
#define ITEM_LANE (get_local_id(0) / VECTORS)
#define ITEM_VECTOR (get_local_id(0) % VECTORS)
#endif

/* Adds up the sums of the work-items of a vector: those of lane 0 are the totals. Each level leaves a
   fourth of the lanes. */
static inline void add_lanes(float4 *sums, __local float4 *scratch) {
  const uint lane = ITEM_LANE, vector = ITEM_VECTOR;
  for (uint lanes = DEPTH_LANES; lanes > 1;) {
    const uint rest = max(lanes / 4, 1u);
    if (lane >= rest && lane < lanes)
      UNROLL for (uint i = 0; i < ROWS; i++) scratch[i * LANES + ITEM(lane, vector)] = sums[i];
    barrier(CLK_LOCAL_MEM_FENCE); /* the upper lanes have handed their sums over */
    if (lane < rest)
      for (uint other = lane + rest; other < lanes; other += rest)
        UNROLL for (uint i = 0; i < ROWS; i++)
          sums[i] += scratch[i * LANES + ITEM(other, vector)];
    barrier(CLK_LOCAL_MEM_FENCE); /* the lower lanes have read them before the next are stored */
    lanes = rest;
  }
}

/* c = alpha * sum + beta * c for four columns; padding stays as it is. With beta == 0 the old c is not
   read. */
static inline void finish_vector(
    float4 sum, __global float4 *c, const uint column, const uint columns, const float alpha,
    const float beta) {
  sum *= alpha;
  if (beta != 0.0f) sum += beta * *c;
  if (column + 4 <= columns)
    *c = sum;
  else
    store_part(sum, (__global float *)c - column, column, columns);
}

static inline void product_group_rows(
    PART_ROWS, const uint first_column, const uint end_column, const uint columns,
    const uint depth, const uint a_stride, const uint b_stride, const uint c_stride,
    const float alpha, const float beta, __global const float4 *restrict a,
    __global const float4 *restrict b, __global float4 *restrict c, __local float4 *scratch) {
  for (uint row = first_row; row < end_row; row += ROWS)
    for (uint block = first_column; block < end_column; block += VECTORS * 4) {
      const uint column = block + ITEM_VECTOR * 4;
      float4 sums[ROWS];
      UNROLL for (uint i = 0; i < ROWS; i++) sums[i] = 0.0f;
      if (column < end_column)
        add_terms(
            ITEM_LANE, DEPTH_LANES, row, end_row, column, columns, depth, a_stride, b_stride, a, b,
            sums);
      add_lanes(sums, scratch);
      if (ITEM_LANE == 0 && column < end_column)
        UNROLL for (uint i = 0; i < ROWS; i++)
          if (row + i < end_row)
            finish_vector(
                sums[i], c + ((size_t)(row + i) * c_stride + column) / 4, column, columns, alpha,
                beta);
    }
}
