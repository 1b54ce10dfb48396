// output_j = e^z_j / sum_k e^z_k; with LOGARITHM output_j = z_j - ln sum_k e^z_k
//
// A work-group takes row after row. Input and output may be the same memory.
static inline void softmax_row(
    const uint columns, __global const float *z, __global float *y, __local float *scratch) {
  const uint lanes = active_lanes(columns);
  const uint start = get_local_id(0) * WIDTH;
  FLOATS largest_values = (FLOATS)(-INFINITY);
  for (uint column = start; column < columns; column += LANES * WIDTH)
    largest_values = fmax(largest_values, load_part(z, column, columns, -INFINITY));
  const float largest = group_largest(largest_of(largest_values), lanes, scratch);
  FLOATS powers = 0.0f;
  for (uint column = start; column < columns; column += LANES * WIDTH)
    powers += exp(load_part(z, column, columns, -INFINITY) - largest);
  const float sum = group_sum(sum_of(powers), lanes, scratch);
  for (uint column = start; column < columns; column += LANES * WIDTH) {
    const FLOATS above = load_part(z, column, columns, 0.0f) - largest;
#ifdef LOGARITHM
    store_part(above - log(sum), y, column, columns);
#else
    store_part(exp(above) / sum, y, column, columns);
#endif
  }
}

static inline void softmax_rows(
    PART_ROWS, const uint columns, const uint input_stride, const uint output_stride,
    __global const float *input, __global float *output, __local float *scratch) {
  EACH_ROW_OF_PART(row)
    softmax_row(
        columns, input + (size_t)row * input_stride, output + (size_t)row * output_stride, scratch);
}
