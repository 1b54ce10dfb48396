// output = f(input + bias), the bias being added to every row; without BIAS there is none
//
// Input and output may be the same memory: a work-item reads a column before it writes it.
__kernel void activation(
    const uint rows, const uint columns, const uint input_stride, const uint output_stride,
#ifdef BIAS
    __global const float *restrict bias, const uint bias_start,
#endif
    __global const float *input, const uint input_start, __global float *output,
    const uint output_start) {
#ifdef BIAS
  START(bias)
#endif
  START(input) START(output)
  for (uint row = get_global_id(1); row < rows; row += get_global_size(1)) {
    __global const float *x = input + (size_t)row * input_stride;
    __global float *y = output + (size_t)row * output_stride;
    for (uint column = get_local_id(0) * WIDTH; column < columns; column += LANES * WIDTH) {
      FLOATS z = load_part(x, column, columns, 0.0f);
#ifdef BIAS
      z += load_part(bias, column, columns, 0.0f);
#endif
      store_part(activate(z), y, column, columns);
    }
  }
}
