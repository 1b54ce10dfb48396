// delta = delta * f'(z), with the derivative taken from the output f(z)
__kernel void activation_delta(
    const uint rows, const uint columns, const uint output_stride, const uint delta_stride,
    __global const float *restrict output, __global float *restrict delta) {
  for (uint row = get_global_id(1); row < rows; row += get_global_size(1)) {
    __global const float *y = output + (size_t)row * output_stride;
    __global float *d = delta + (size_t)row * delta_stride;
    for (uint column = get_local_id(0) * WIDTH; column < columns; column += LANES * WIDTH) {
      const FLOATS output_part = load_part(y, column, columns, 0.0f);
      const FLOATS delta_part = load_part(d, column, columns, 0.0f);
      store_part(BACKWARD(delta_part, output_part), d, column, columns);
    }
  }
}
