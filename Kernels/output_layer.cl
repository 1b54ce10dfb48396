// outputs = input W + b, their softmax cross-entropy with delta and hits, and
// input_delta = (delta W^T) f'(input): the end of a classifier's forward pass and the beginning of
// its backward pass in one launch, for few columns
//
// A group takes ROWS rows of the batch at a time, whose outputs are VECTORS vectors each: its
// work-items share the inputs of a row. `turned` is the group's own copy of the transposed weights:
// with it, sums over a row's few deltas are made for whole vectors of inputs. Where no delta of the
// input is wanted, `input_deltas` is 0, and else the number of inputs.
#define UNROLL _Pragma("unroll")

#if LANES > 1
#define MEET(memory) barrier(memory)
#else
#define MEET(memory) /* A work-item that is alone in its group waits for nobody. */
#endif
DEFINE_GROUP_FOLD(group_sums, FLOATS, ADD)

typedef struct {
  uint rows, inputs, columns, input_deltas;
  uint input_stride, weights_stride, outputs_stride, delta_stride, input_delta_stride;
  uint turned_stride;
  float loss_scale, delta_scale;
} OutputSizes;

/* turned[column][input] = weights[input][column] */
static inline void turn(
    const uint inputs, const uint columns, const uint weights_stride, const uint turned_stride,
    __global const float *restrict weights, __local float *turned) {
  for (uint input = get_local_id(0); input < inputs; input += LANES)
    for (uint column = 0; column < columns; column++)
      turned[column * turned_stride + input] = weights[(size_t)input * weights_stride + column];
}

/* outputs = input W + b for the rows from `first_row` on. */
static inline void multiply_forward(
    const uint first_row, const uint rows, const uint inputs, const uint columns,
    const uint input_stride, const uint weights_stride, const uint outputs_stride,
    __global const float *restrict input, __global const float *restrict weights,
    __global const float *restrict bias, __global float *outputs, __local float *scratch) {
  /* Rows beyond the end repeat the last one, and are not stored. */
  size_t row[ROWS];
  UNROLL for (uint i = 0; i < ROWS; i++) row[i] = min(first_row + i, rows - 1);
  FLOATS sums[ROWS][VECTORS];
  UNROLL for (uint i = 0; i < ROWS; i++)
    UNROLL for (uint j = 0; j < VECTORS; j++) sums[i][j] = 0.0f;
  for (uint term = get_local_id(0); term < inputs; term += LANES) {
    FLOATS factors[VECTORS];
    UNROLL for (uint j = 0; j < VECTORS; j++)
      factors[j] = LOAD(0, weights + (size_t)term * weights_stride + j * WIDTH);
    UNROLL for (uint i = 0; i < ROWS; i++) {
      const FLOATS factor = input[row[i] * input_stride + term];
      UNROLL for (uint j = 0; j < VECTORS; j++)
        sums[i][j] = fma(factor, factors[j], sums[i][j]);
    }
  }
  UNROLL for (uint i = 0; i < ROWS; i++)
    UNROLL for (uint j = 0; j < VECTORS; j++) {
      const FLOATS total = group_sums(sums[i][j], (__local FLOATS *)scratch);
      if (get_local_id(0) == 0 && first_row + i < rows)
        store_row(
            total + load_part(bias, j * WIDTH, columns, 0.0f), outputs + row[i] * outputs_stride,
            j * WIDTH, columns, outputs_stride);
    }
}

/* input_delta = (delta W^T) f'(input) for the rows from `first_row` on. */
static inline void multiply_backward(
    const uint first_row, const uint rows, const uint inputs, const uint columns,
    const uint input_stride, const uint delta_stride, const uint input_delta_stride,
    const uint turned_stride, __global const float *restrict input,
    __global const float *delta, __local const float *turned,
    __global float *restrict input_delta) {
  size_t row[ROWS];
  UNROLL for (uint i = 0; i < ROWS; i++) row[i] = min(first_row + i, rows - 1);
  for (uint at = get_local_id(0) * WIDTH; at < inputs; at += LANES * WIDTH) {
    FLOATS sums[ROWS];
    UNROLL for (uint i = 0; i < ROWS; i++) sums[i] = 0.0f;
    for (uint column = 0; column < columns; column++) {
      const FLOATS factors = LOAD(0, turned + column * turned_stride + at);
      UNROLL for (uint i = 0; i < ROWS; i++) {
        const FLOATS factor = delta[row[i] * delta_stride + column];
        sums[i] = fma(factor, factors, sums[i]);
      }
    }
    UNROLL for (uint i = 0; i < ROWS; i++)
      if (first_row + i < rows) {
        const FLOATS y = load_row(input + row[i] * input_stride, at, inputs, input_stride, 0.0f);
        store_row(
            backward(sums[i], y), input_delta + row[i] * input_delta_stride, at, inputs,
            input_delta_stride);
      }
  }
}

__kernel void output_layer(
    const OutputSizes sizes, const uint first, __global const float *restrict input,
    __global const float *restrict weights, __global const float *restrict bias,
    __global const int *restrict indices,
    __global const TARGET *restrict targets, WEIGHTS __global float *outputs,
    __global float *delta, __global float *restrict losses, __global float *restrict hits,
    __global float *restrict input_delta, __local float *turned, __local float *scratch) {
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
          outputs, indices, targets, WEIGHTS_ARGUMENT delta, losses, hits, scratch);
    MEET(CLK_GLOBAL_MEM_FENCE); /* the deltas are there before others read them */
    multiply_backward(
        row, rows, sizes.input_deltas, columns, input_stride, delta_stride,
        sizes.input_delta_stride, sizes.turned_stride, input, delta, turned, input_delta);
  }
}
