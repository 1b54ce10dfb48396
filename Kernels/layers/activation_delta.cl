// delta = delta * f'(z), with the derivative taken from what was saved: the output f(z), or z
__kernel void activation_delta(
    const uint rows, const uint columns, const uint saved_stride, const uint delta_stride,
    __global const float *restrict saved, const uint saved_start, __global float *restrict delta,
    const uint delta_start) {
  START(saved) START(delta)
  for (uint row = get_global_id(1); row < rows; row += get_global_size(1)) {
    __global const float *y = saved + (size_t)row * saved_stride;
    __global float *d = delta + (size_t)row * delta_stride;
    for (uint column = get_local_id(0) * WIDTH; column < columns; column += LANES * WIDTH) {
      const FLOATS saved_part = load_part(y, column, columns, 0.0f);
      const FLOATS delta_part = load_part(d, column, columns, 0.0f);
      store_part(backward(delta_part, saved_part), d, column, columns);
    }
  }
}
