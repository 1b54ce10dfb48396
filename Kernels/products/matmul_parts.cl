// c = epilogue(sum_p parts[p]): for GPUs, the second half of a product with its depth in parts
//
// `matmul_tiled.cl` or `matmul_tensor.cl` has stored the sums of each part as a matrix of its own, one below the
// other. A work-item adds up WIDTH columns of a row, always in the same order. The rows of parts start at
// multiples of 4 numbers.
//
// SUMS_BIAS: each part has one more row, the sums for the bias.
#ifdef SUMS_BIAS
#define SUM_ROWS (rows + 1)
#else
#define SUM_ROWS rows
#endif

__kernel void matmul_parts(
    const uint rows, const uint columns, const uint count, const uint part_stride,
    const uint c_stride, __global const float4 *restrict parts, const uint parts_start,
    __global RESULT *restrict c, const uint c_start, EPILOGUE_OPERANDS BIAS_OPERANDS) {
  START(parts) START(c) START_EPILOGUE START_BIAS
  const uint column = get_global_id(0) * WIDTH, row = get_global_id(1);
  if (column >= columns || row >= SUM_ROWS) return;
  /* What lies beyond the columns is not stored. */
  float4 total = 0.0f;
  for (uint part = 0; part < count; part++)
    total += parts[(((size_t)part * SUM_ROWS + row) * part_stride + column) / 4];
#ifdef SUMS_BIAS
  if (row == rows) {
    FINISH_BIAS(total, column);
    return;
  }
#endif
  finish(total, c, row, column, columns, c_stride, EPILOGUE_ARGUMENTS);
}
