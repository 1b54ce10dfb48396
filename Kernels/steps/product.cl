// c = alpha a b + beta c for some rows: for processors, by the tiles of vector_tile.clh
//
// With TRANSPOSED `a` is stored depth x rows. All rows go by the columns of a tile while these are in the
// fastest cache.
//
// AFTER_SUMS(first, end) does more with numbers of c, such as an update of parameters by gradients: a tile
// at a time, so that the processor goes on to the next sums while stores wait for memory.
#ifndef AFTER_SUMS
#define MORE_OPERANDS
#endif

#ifdef TRANSPOSED
#define STEPS_OF_A 1, a_stride
#else
#define STEPS_OF_A a_stride, 1
#endif

__attribute__((noinline)) static void product_rows(
    PART_ROWS, const uint columns, const uint depth, const uint a_stride, const uint b_stride,
    const uint c_stride, const float alpha, const float beta, __global const float *restrict a,
    __global const float *restrict b, __global float *restrict c MORE_OPERANDS) {
  for (uint column = 0; column < columns; column += VECTORS * WIDTH)
    for (uint row = first_row; row < end_row; row += ROWS) {
      FLOATS sums[ROWS][VECTORS];
      multiply_tile(row, column, end_row, depth, STEPS_OF_A, b_stride, a, b, sums);
      EACH_VECTOR_OF_TILE(i, j, at, row, column, end_row, columns)
        finish_sums(
            sums[i][j], c + (size_t)(row + i) * c_stride, at, columns, c_stride, alpha, beta);
#ifdef AFTER_SUMS
      const uint end_column = min(column + VECTORS * WIDTH, c_stride);
      for (uint i = row; i < min(row + ROWS, end_row); i++)
        AFTER_SUMS(i * c_stride + column, i * c_stride + end_column);
#endif
    }
}
