// y = scale * (x - mean) / sqrt(variance + epsilon) + shift, mean and variance over the columns
//
// A work-group takes row after row. The mean is taken as distance from the first number, so that a
// row of equal numbers has exactly that mean.
static inline void layer_normalization_row(
    const uint row, const uint columns, const float epsilon, __global const float *restrict x,
    __global const float *restrict scale, __global const float *restrict shift,
    __global float *restrict means, __global float *restrict inverse_deviations,
    __global float *restrict y, __local float *scratch) {
  const uint lanes = active_lanes(columns);
  const float first = x[0];
  FLOATS sum = 0.0f, squares = 0.0f;
  EACH_VECTOR_OF_ROW(column) sum += load_part(x, column, columns, first) - first;
  const float mean = first + group_sum(sum_of(sum), lanes, scratch) / (float)columns;
  EACH_VECTOR_OF_ROW(column) {
    const FLOATS distance = load_part(x, column, columns, mean) - mean;
    squares += distance * distance;
  }
  const float variance = group_sum(sum_of(squares), lanes, scratch) / (float)columns;
  const float inverse_deviation = 1.0f / sqrt(variance + epsilon);
  EACH_VECTOR_OF_ROW(column) {
    const FLOATS normal = (load_part(x, column, columns, 0.0f) - mean) * inverse_deviation;
    const FLOATS factor = load_part(scale, column, columns, 0.0f);
    store_part(normal * factor + load_part(shift, column, columns, 0.0f), y, column, columns);
  }
  if (get_local_id(0) == 0) {
    means[row] = mean;
    inverse_deviations[row] = inverse_deviation;
  }
}

static inline void layer_normalization_rows(
    PART_ROWS, const uint columns, const uint input_stride, const uint output_stride,
    const float epsilon, __global const float *restrict input,
    __global const float *restrict scale, __global const float *restrict shift,
    __global float *restrict means, __global float *restrict inverse_deviations,
    __global float *restrict output, __local float *scratch) {
  EACH_ROW_OF_PART(row)
    layer_normalization_row(
        row, columns, epsilon, input + (size_t)row * input_stride, scale, shift, means,
        inverse_deviations, output + (size_t)row * output_stride, scratch);
}
