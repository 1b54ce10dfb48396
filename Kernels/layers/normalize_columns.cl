// y = scale * (x - mean) / sqrt(variance + epsilon) + shift, with the running mean and variance
__kernel void normalize_columns(
    const uint rows, const uint columns, const uint input_stride, const uint output_stride,
    const float epsilon, __global const float *restrict input, const uint input_start,
    __global const float *restrict scale, const uint scale_start,
    __global const float *restrict shift, const uint shift_start,
    __global const float *restrict means, const uint means_start,
    __global const float *restrict variances, const uint variances_start,
    __global float *restrict output, const uint output_start) {
  START(input) START(scale) START(shift) START(means) START(variances) START(output)
  for (uint column = get_local_id(0) * WIDTH; column < columns; column += LANES * WIDTH) {
    const FLOATS mean = load_part(means, column, columns, 0.0f);
    const FLOATS variance = load_part(variances, column, columns, 0.0f);
    const FLOATS factor = load_part(scale, column, columns, 0.0f);
    const FLOATS offset = load_part(shift, column, columns, 0.0f);
    const FLOATS inverse_deviation = 1.0f / sqrt(variance + epsilon);
    for (uint row = get_global_id(1); row < rows; row += get_global_size(1)) {
      const FLOATS x = load_part(input + (size_t)row * input_stride, column, columns, 0.0f);
      store_part(
          (x - mean) * inverse_deviation * factor + offset, output + (size_t)row * output_stride,
          column, columns);
    }
  }
}
