// y = scale * (x - mean) / sqrt(variance + epsilon) + shift, mean and variance over the rows
//
// Also running = (1 - momentum) * running + momentum * batch, with the variance that divides by
// rows - 1; a single row has none. The mean is taken as distance from the first row, so that a
// column of equal numbers has exactly that mean.
#define X(row) load_part(input + (size_t)(row) * input_stride, column, columns, 0.0f)

static inline void move_towards(
    FLOATS batch, float momentum, __global float *running, uint column, uint columns) {
  const FLOATS old = load_part(running, column, columns, 0.0f);
  store_part((1.0f - momentum) * old + momentum * batch, running, column, columns);
}

static inline void batch_normalization_columns(
    PART_COLUMNS, const uint rows, const uint input_stride, const uint output_stride,
    const float momentum, const float epsilon, __global const float *restrict input,
    __global const float *restrict scale, __global const float *restrict shift,
    __global float *restrict means, __global float *restrict inverse_deviations,
    __global float *restrict running_means, __global float *restrict running_variances,
    __global float *restrict output, __local FLOATS *scratch) {
  const bool is_inside = column < columns;
  FLOATS first = 0.0f, sum = 0.0f, squares = 0.0f;
  if (is_inside) {
    first = X(0);
    SUM_ROWS(sum, row, rows, X(row) - first);
  }
  const FLOATS mean = first + column_sum(sum, scratch) / (float)rows;
  if (is_inside) {
    SUM_ROWS(squares, row, rows, (X(row) - mean) * (X(row) - mean));
  }
  squares = column_sum(squares, scratch);
  const FLOATS inverse_deviation = 1.0f / sqrt(squares / (float)rows + epsilon);
  if (!is_inside) return;

  const FLOATS factor = load_part(scale, column, columns, 0.0f);
  const FLOATS offset = load_part(shift, column, columns, 0.0f);
  EACH_ROW(row, rows)
    store_part(
        (X(row) - mean) * inverse_deviation * factor + offset,
        output + (size_t)row * output_stride, column, columns);
  if (ROW_LANE != 0) return;
  store_part(mean, means, column, columns);
  store_part(inverse_deviation, inverse_deviations, column, columns);
  move_towards(mean, momentum, running_means, column, columns);
  if (rows > 1)
    move_towards(squares / (float)(rows - 1), momentum, running_variances, column, columns);
}
