// dx = (g - (sum g + n * sum g n) / columns) / deviation, g = scale * d, n = (x - mean) / deviation
//
// The sums are over the columns; a work-group takes row after row. With ADDS dx is added to what is
// there.
#define NORMAL (load_part(x, column, columns, mean) - mean) * inverse_deviation
#define SCALED load_part(scale, column, columns, 0.0f) * load_part(d, column, columns, 0.0f)

static inline void layer_normalization_delta_row(
    const uint columns, const float mean, const float inverse_deviation,
    __global const float *restrict d, __global const float *restrict x,
    __global const float *restrict scale, __global float *restrict target,
    __local float *scratch) {
  const uint lanes = active_lanes(columns);
  FLOATS sums = 0.0f, products = 0.0f;
  EACH_VECTOR_OF_ROW(column) {
    const FLOATS scaled = SCALED;
    sums += scaled;
    products += scaled * (NORMAL);
  }
  const float sum = group_sum(sum_of(sums), lanes, scratch) / (float)columns;
  const float product = group_sum(sum_of(products), lanes, scratch) / (float)columns;
  EACH_VECTOR_OF_ROW(column) {
    const FLOATS normal = NORMAL;
    FLOATS change = (SCALED - (sum + normal * product)) * inverse_deviation;
#ifdef ADDS
    change += load_part(target, column, columns, 0.0f);
#endif
    store_part(change, target, column, columns);
  }
}

static inline void layer_normalization_delta_rows(
    PART_ROWS, const uint columns, const uint delta_stride, const uint input_stride,
    const uint input_delta_stride, __global const float *restrict delta,
    __global const float *restrict input, __global const float *restrict scale,
    __global const float *restrict means, __global const float *restrict inverse_deviations,
    __global float *restrict input_delta, __local float *scratch) {
  EACH_ROW_OF_PART(row)
    layer_normalization_delta_row(
        columns, means[row], inverse_deviations[row], delta + (size_t)row * delta_stride,
        input + (size_t)row * input_stride, scale,
        input_delta + (size_t)row * input_delta_stride, scratch);
}
