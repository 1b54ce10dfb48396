// c = epilogue(a b): for GPUs, where the result is too small for tiles to occupy the device
//
// A work-group computes ROWS x VECTORS vectors of 4 columns. It has LANES work-items for each
// vector, which share the depth: each takes every LANES-th four terms, and in the end they add up
// in a fixed tree. So one row, or the ten columns of a last layer, still start many work-items.
// Neighbours read neighbouring numbers: columns of `b`, or terms where it is transposed.
//
// TRANSPOSED_A, TRANSPOSED_B: stored depth x rows, columns x depth.
// SUMS_BIAS: each group sums its columns of `b` besides, for the bias; the first ones store them.
#ifdef SUMS_BIAS
#define SUMS (ROWS + 1)
#else
#define SUMS ROWS
#endif

__kernel __attribute__((reqd_work_group_size(VECTORS, LANES, 1))) void matmul_lanes(
    const ProductSizes sizes, __global const OPERAND *restrict a, const uint a_start,
    __global const OPERAND *restrict b, const uint b_start, __global float *restrict c,
    const uint c_start, EPILOGUE_OPERANDS BIAS_OPERANDS, __local float4 *restrict scratch) {
  START(a) START(b) START(c) START_EPILOGUE START_BIAS
  const uint rows = sizes.rows, columns = sizes.columns, depth = sizes.depth;
  const uint a_stride = sizes.a_stride, b_stride = sizes.b_stride, c_stride = sizes.c_stride;
  const uint vector = get_local_id(0), lane = get_local_id(1);
  const uint column = (get_group_id(0) * VECTORS + vector) * 4;
  const uint first_row = get_group_id(1) * ROWS;

  float4 sums[SUMS];
  UNROLL for (uint i = 0; i < SUMS; i++) sums[i] = 0.0f;
  for (uint term = lane * 4; term < depth; term += LANES * 4) {
    /* x[i]: four terms of a row. y[t]: four columns of a term. */
    float4 x[4], y[4];
#ifdef TRANSPOSED_A
    UNROLL for (uint t = 0; t < 4; t++)
      x[t] = load_operand(a, a_stride, term + t, first_row, depth, rows);
    transpose(x);
#else
    UNROLL for (uint i = 0; i < ROWS; i++)
      x[i] = load_operand(a, a_stride, first_row + i, term, rows, depth);
#endif
#ifdef TRANSPOSED_B
    UNROLL for (uint j = 0; j < 4; j++)
      y[j] = load_operand(b, b_stride, column + j, term, columns, depth);
    transpose(y);
#else
    UNROLL for (uint t = 0; t < 4; t++)
      y[t] = load_operand(b, b_stride, term + t, column, depth, columns);
#endif
    UNROLL for (uint i = 0; i < ROWS; i++) {
      sums[i] = fma((float4)(x[i].s0), y[0], sums[i]);
      sums[i] = fma((float4)(x[i].s1), y[1], sums[i]);
      sums[i] = fma((float4)(x[i].s2), y[2], sums[i]);
      sums[i] = fma((float4)(x[i].s3), y[3], sums[i]);
    }
#ifdef SUMS_BIAS
    sums[ROWS] += (y[0] + y[1]) + (y[2] + y[3]);
#endif
  }

  for (uint reach = LANES / 2; reach > 0; reach /= 2) {
    const uint place = lane % reach * VECTORS + vector;
    if (lane >= reach && lane < 2 * reach)
      UNROLL for (uint i = 0; i < SUMS; i++) scratch[i * reach * VECTORS + place] = sums[i];
    barrier(CLK_LOCAL_MEM_FENCE); /* the upper half has handed its sums over */
    if (lane < reach)
      UNROLL for (uint i = 0; i < SUMS; i++) sums[i] += scratch[i * reach * VECTORS + place];
    barrier(CLK_LOCAL_MEM_FENCE); /* the lower half has read them before the next are stored */
  }
  /* A lane for each row finishes it: they wait for memory together, not one after the other. */
  if (lane == 0)
    UNROLL for (uint i = 0; i < SUMS; i++) scratch[i * VECTORS + vector] = sums[i];
  barrier(CLK_LOCAL_MEM_FENCE); /* the totals are in their places */
  if (column >= columns || lane >= SUMS) return;
  const float4 total = scratch[lane * VECTORS + vector];
#ifdef SUMS_BIAS
  if (lane == ROWS) {
    if (first_row == 0) FINISH_BIAS(total, column);
    return;
  }
#endif
  if (first_row + lane < rows)
    finish(total, c, first_row + lane, column, columns, c_stride, EPILOGUE_ARGUMENTS);
}
