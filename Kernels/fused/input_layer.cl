// input[r] = scale * examples[indices[first + r]] + offset; output = f(input W + b): for processors,
// the batch and the first layer of a small network in one launch
//
// A work-item, alone in its group, gathers ROWS rows and takes them through the layer while they
// are in its cache, by the tiles of vector_tile.clh.
typedef struct {
  ProductSizes product;
  uint index_count;
} InputSizes;

__kernel void input_layer(
    const InputSizes sizes, const uint first, SCALE_OPERANDS,
    __global const int *restrict indices, const uint indices_start,
    __global const ELEMENT *restrict examples, const uint examples_start, __global float *input,
    const uint input_start, __global const float *restrict weights, const uint weights_start,
    __global float *restrict output, const uint output_start, EPILOGUE_OPERANDS) {
  START_SCALES START(indices) START(examples) START(input) START(weights) START(output)
  START_EPILOGUE
  const uint rows = sizes.product.rows, columns = sizes.product.columns;
  const uint inputs = sizes.product.depth, input_stride = sizes.product.a_stride;
  const uint first_row = get_global_id(1) * ROWS;
  for (uint row = first_row; row < min(first_row + ROWS, rows); row++)
    gather_row(
        row, rows, inputs, input_stride, sizes.index_count, first, scale, offset, indices,
        examples, input);
  for (uint column = 0; column < columns; column += VECTORS * WIDTH) {
    FLOATS sums[ROWS][VECTORS];
    multiply_tile(
        first_row, column, rows, inputs, input_stride, 1, sizes.product.b_stride, input, weights,
        sums);
    EACH_VECTOR_OF_TILE(i, j, at, first_row, column, rows, columns)
      finish(
          sums[i][j], output, first_row + i, at, columns, sizes.product.c_stride,
          EPILOGUE_ARGUMENTS);
  }
}
