// delta = delta * f'(z), with the derivative taken from what was saved: the output f(z), or z
static inline void activation_delta_rows(
    PART_ROWS, const uint columns, const uint saved_stride, const uint delta_stride,
    __global const float *restrict saved, __global float *restrict delta) {
  EACH_ROW_OF_PART(row) {
    __global const float *y = saved + (size_t)row * saved_stride;
    __global float *d = delta + (size_t)row * delta_stride;
    EACH_VECTOR_OF_ROW(column) {
      const FLOATS saved_part = load_part(y, column, columns, 0.0f);
      const FLOATS delta_part = load_part(d, column, columns, 0.0f);
      store_part(backward(delta_part, saved_part), d, column, columns);
    }
  }
}
