// y = scale * (x - mean) / sqrt(variance + epsilon) + shift, with the running mean and variance
static inline void normalize_columns_rows(
    PART_ROWS, const uint columns, const uint input_stride, const uint output_stride,
    const float epsilon, __global const float *restrict input,
    __global const float *restrict scale, __global const float *restrict shift,
    __global const float *restrict means, __global const float *restrict variances,
    __global float *restrict output) {
  EACH_VECTOR_OF_ROW(column) {
    const FLOATS mean = load_part(means, column, columns, 0.0f);
    const FLOATS variance = load_part(variances, column, columns, 0.0f);
    const FLOATS factor = load_part(scale, column, columns, 0.0f);
    const FLOATS offset = load_part(shift, column, columns, 0.0f);
    const FLOATS inverse_deviation = 1.0f / sqrt(variance + epsilon);
    EACH_ROW_OF_PART(row) {
      const FLOATS x = load_part(input + (size_t)row * input_stride, column, columns, 0.0f);
      store_part(
          (x - mean) * inverse_deviation * factor + offset, output + (size_t)row * output_stride,
          column, columns);
    }
  }
}
