// c = alpha a b + beta c for some rows: for processors, by the tiles of vector_tile.clh
//
// The numbers of `a` for a row begin `a_row` apart and lie `a_term` apart. All rows go by the columns of
// a tile while these are in the fastest cache. With beta == 0 the old c is not read.
__attribute__((noinline)) static void product_rows(
    PART_ROWS, const uint columns, const uint depth, const uint a_row, const uint a_term,
    const uint b_stride, const uint c_stride, const float alpha, const float beta,
    __global const float *restrict a, __global const float *restrict b, __global float *restrict c) {
  for (uint column = 0; column < columns; column += VECTORS * WIDTH)
    for (uint row = first_row; row < end_row; row += ROWS) {
      FLOATS sums[ROWS][VECTORS];
      multiply_tile(row, column, end_row, depth, a_row, a_term, b_stride, a, b, sums);
      EACH_VECTOR_OF_TILE(i, j, at, row, column, end_row, columns) {
        __global float *target = c + (size_t)(row + i) * c_stride;
        FLOATS sum = sums[i][j] * alpha;
        if (beta != 0.0f) sum += beta * load_row(target, at, columns, c_stride, 0.0f);
        store_row(sum, target, at, columns, c_stride);
      }
    }
}
