// outputs = input W + b, their softmax cross-entropy with delta and hits, and
// input_delta = (delta W^T) f'(input): the end of a classifier's forward pass and the beginning of
// its backward pass in one launch, for few columns
//
// A group takes some rows of the batch at a time by output_rows.clh. Where no delta of the input is
// wanted, `input_deltas` is 0, and else the number of inputs.
typedef struct {
  uint rows, inputs, columns, input_deltas;
  uint input_stride, weights_stride, outputs_stride, delta_stride, input_delta_stride;
  uint turned_stride;
  float loss_scale, delta_scale;
} OutputSizes;

__kernel void output_layer(
    const OutputSizes sizes, const uint first, __global const float *restrict input,
    const uint input_start, __global const float *restrict weights, const uint weights_start,
    __global const float *restrict bias, const uint bias_start,
    __global const int *restrict indices, const uint indices_start,
    __global const TARGET *restrict targets, const uint targets_start, WEIGHTS_OPERAND
    __global float *outputs, const uint outputs_start, __global float *delta,
    const uint delta_start, __global float *restrict losses, const uint losses_start,
    __global float *restrict hits, const uint hits_start, __global float *restrict input_delta,
    const uint input_delta_start, __local float *turned, __local FLOATS *scratch) {
  START(input) START(weights) START(bias) START(indices) START(targets) START_WEIGHTS
  START(outputs) START(delta) START(losses) START(hits) START(input_delta)
  const uint rows = sizes.rows, inputs = sizes.inputs, columns = sizes.columns;
  const uint input_stride = sizes.input_stride, weights_stride = sizes.weights_stride;
  const uint outputs_stride = sizes.outputs_stride, delta_stride = sizes.delta_stride;
  turn(sizes.input_deltas, columns, weights_stride, sizes.turned_stride, weights, turned);
  MEET(CLK_LOCAL_MEM_FENCE); /* the copy is whole before any of the group reads it */
  for (uint row = get_group_id(1) * ROWS; row < rows; row += get_num_groups(1) * ROWS) {
    multiply_forward(
        row, rows, inputs, columns, input_stride, weights_stride, outputs_stride, input, weights,
        bias, outputs, scratch);
    MEET(CLK_GLOBAL_MEM_FENCE); /* the outputs are there before others read them */
    for (uint i = row; i < min(row + ROWS, rows); i++)
      softmax_cross_entropy_row(
          i, columns, outputs_stride, delta_stride, first, sizes.loss_scale, sizes.delta_scale,
          outputs, indices, targets, WEIGHTS_ARGUMENT delta, losses, hits,
          (__local float *)scratch);
    MEET(CLK_GLOBAL_MEM_FENCE); /* the deltas are there before others read them */
    multiply_backward(
        row, rows, sizes.input_deltas, columns, input_stride, delta_stride,
        sizes.input_delta_stride, sizes.turned_stride, input, delta, turned, input_delta);
  }
}
