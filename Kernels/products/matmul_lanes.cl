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
  add_terms(
      lane, LANES, first_row, rows, column, columns, depth, a_stride, b_stride, a, b, sums);

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
