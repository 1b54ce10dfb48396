// y = scale * (x - mean) / sqrt(variance + epsilon) + shift, mean and variance over the columns
//
// A work-group takes row after row. The mean is taken as distance from the first number, so that a
// row of equal numbers has exactly that mean.
#define EACH_COLUMN(column)                                                                 \
  for (uint column = get_local_id(0) * WIDTH; column < columns; column += LANES * WIDTH)

static inline void layer_normalization_row(
    const uint row, const uint columns, const float epsilon, __global const float *restrict x,
    __global const float *restrict scale, __global const float *restrict shift,
    __global float *restrict means, __global float *restrict inverse_deviations,
    __global float *restrict y, __local float *scratch) {
  const float first = x[0];
  FLOATS sum = 0.0f, squares = 0.0f;
  EACH_COLUMN(column) sum += load_part(x, column, columns, first) - first;
  const float mean = first + group_sum(sum_of(sum), scratch) / (float)columns;
  EACH_COLUMN(column) {
    const FLOATS distance = load_part(x, column, columns, mean) - mean;
    squares += distance * distance;
  }
  const float variance = group_sum(sum_of(squares), scratch) / (float)columns;
  const float inverse_deviation = 1.0f / sqrt(variance + epsilon);
  EACH_COLUMN(column) {
    const FLOATS normal = (load_part(x, column, columns, 0.0f) - mean) * inverse_deviation;
    const FLOATS factor = load_part(scale, column, columns, 0.0f);
    store_part(normal * factor + load_part(shift, column, columns, 0.0f), y, column, columns);
  }
  if (get_local_id(0) == 0) {
    means[row] = mean;
    inverse_deviations[row] = inverse_deviation;
  }
}

__kernel void layer_normalization(
    const uint rows, const uint columns, const uint input_stride, const uint output_stride,
    const float epsilon, __global const float *restrict input, const uint input_start,
    __global const float *restrict scale, const uint scale_start,
    __global const float *restrict shift, const uint shift_start, __global float *restrict means,
    const uint means_start, __global float *restrict inverse_deviations,
    const uint inverse_deviations_start, __global float *restrict output, const uint output_start,
    __local float *scratch) {
  START(input) START(scale) START(shift) START(means) START(inverse_deviations) START(output)
  for (uint row = get_group_id(1); row < rows; row += get_num_groups(1))
    layer_normalization_row(
        row, columns, epsilon, input + (size_t)row * input_stride, scale, shift, means,
        inverse_deviations, output + (size_t)row * output_stride, scratch);
}
