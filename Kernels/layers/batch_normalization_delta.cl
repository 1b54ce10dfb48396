// dx = scale / deviation * (d - (sum d + n * sum d n) / rows), n = (x - mean) / deviation
//
// The sums, over the rows, are the gradients: shift' = sum d + beta * shift', scale' = sum d n +
// beta * scale'. Without INPUT_DELTA only these are computed; with ADDS dx is added to what is there.
#define X(row) load_part(input + (size_t)(row) * input_stride, column, columns, 0.0f)
#define D(row) load_part(delta + (size_t)(row) * delta_stride, column, columns, 0.0f)
#define NORMAL(row) ((X(row) - mean) * inverse_deviation)

static inline void batch_normalization_delta_columns(
    PART_COLUMNS, const uint rows, const uint delta_stride, const uint input_stride,
    const float beta, __global const float *restrict delta, __global const float *restrict input,
    __global const float *restrict scale, __global const float *restrict means,
    __global const float *restrict inverse_deviations, __global float *restrict scale_gradient,
    __global float *restrict shift_gradient, __local FLOATS *scratch
#ifdef INPUT_DELTA
    ,
    const uint input_delta_stride, __global float *restrict input_delta
#endif
) {
  const bool is_inside = column < columns;
  FLOATS mean = 0.0f, inverse_deviation = 0.0f, sum = 0.0f, product = 0.0f;
  if (is_inside) {
    mean = load_part(means, column, columns, 0.0f);
    inverse_deviation = load_part(inverse_deviations, column, columns, 0.0f);
    SUM_ROWS(sum, row, rows, D(row));
    SUM_ROWS(product, row, rows, D(row) * NORMAL(row));
  }
  sum = column_sum(sum, scratch);
  product = column_sum(product, scratch);
  if (!is_inside) return;
  if (ROW_LANE == 0) {
    accumulate(product, beta, scale_gradient, column, columns);
    accumulate(sum, beta, shift_gradient, column, columns);
  }
#ifdef INPUT_DELTA
  const FLOATS factor = load_part(scale, column, columns, 0.0f) * inverse_deviation;
  EACH_ROW(row, rows) {
    __global float *target = input_delta + (size_t)row * input_delta_stride;
    FLOATS change = (D(row) - (sum + NORMAL(row) * product) / (float)rows) * factor;
#ifdef ADDS
    change += load_part(target, column, columns, 0.0f);
#endif
    store_part(change, target, column, columns);
  }
#endif
}
