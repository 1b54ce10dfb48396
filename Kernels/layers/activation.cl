// output = f(input + bias), the bias being added to every row; without BIAS there is none
//
// Input and output may be the same memory: a work-item reads a column before it writes it.
static inline void activation_rows(
    PART_ROWS, const uint columns, const uint input_stride, const uint output_stride,
#ifdef BIAS
    __global const float *restrict bias,
#endif
    __global const float *input, __global float *output) {
  EACH_ROW_OF_PART(row) {
    __global const float *x = input + (size_t)row * input_stride;
    __global float *y = output + (size_t)row * output_stride;
    EACH_VECTOR_OF_ROW(column) {
      FLOATS z = load_part(x, column, columns, 0.0f);
#ifdef BIAS
      z += load_part(bias, column, columns, 0.0f);
#endif
      store_part(activate(z), y, column, columns);
    }
  }
}
