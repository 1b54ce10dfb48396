// scale' = sum d (x - mean) / deviation + beta * scale'; shift' = sum d + beta * shift'
//
// The sums are over the rows, each of which has a mean and a deviation of its own.
#define X(row) load_part(input + (size_t)(row) * input_stride, column, columns, 0.0f)
#define D(row) load_part(delta + (size_t)(row) * delta_stride, column, columns, 0.0f)

static inline void layer_normalization_gradients_columns(
    PART_COLUMNS, const uint rows, const uint delta_stride, const uint input_stride,
    const float beta, __global const float *restrict delta, __global const float *restrict input,
    __global const float *restrict means, __global const float *restrict inverse_deviations,
    __global float *restrict scale_gradient, __global float *restrict shift_gradient,
    __local FLOATS *scratch) {
  const bool is_inside = column < columns;
  FLOATS sum = 0.0f, product = 0.0f;
  if (is_inside) {
    SUM_ROWS(sum, row, rows, D(row));
    SUM_ROWS(product, row, rows, D(row) * ((X(row) - means[row]) * inverse_deviations[row]));
  }
  sum = column_sum(sum, scratch);
  product = column_sum(product, scratch);
  if (!is_inside || ROW_LANE != 0) return;
  accumulate(product, beta, scale_gradient, column, columns);
  accumulate(sum, beta, shift_gradient, column, columns);
}
