// dx = (g - (sum g + n * sum g n) / columns) / deviation, g = scale * d, n = (x - mean) / deviation
//
// The sums are over the columns; a work-group takes row after row. With ADDS dx is added to what is
// there.
#define EACH_COLUMN(column)                                                                 \
  for (uint column = get_local_id(0) * WIDTH; column < columns; column += LANES * WIDTH)
#define NORMAL (load_part(x, column, columns, mean) - mean) * inverse_deviation
#define SCALED load_part(scale, column, columns, 0.0f) * load_part(d, column, columns, 0.0f)

static inline void layer_normalization_delta_row(
    const uint columns, const float mean, const float inverse_deviation,
    __global const float *restrict d, __global const float *restrict x,
    __global const float *restrict scale, __global float *restrict target,
    __local float *scratch) {
  FLOATS sums = 0.0f, products = 0.0f;
  EACH_COLUMN(column) {
    const FLOATS scaled = SCALED;
    sums += scaled;
    products += scaled * (NORMAL);
  }
  const float sum = group_sum(sum_of(sums), scratch) / (float)columns;
  const float product = group_sum(sum_of(products), scratch) / (float)columns;
  EACH_COLUMN(column) {
    const FLOATS normal = NORMAL;
    FLOATS change = (SCALED - (sum + normal * product)) * inverse_deviation;
#ifdef ADDS
    change += load_part(target, column, columns, 0.0f);
#endif
    store_part(change, target, column, columns);
  }
}

__kernel void layer_normalization_delta(
    const uint rows, const uint columns, const uint delta_stride, const uint input_stride,
    const uint input_delta_stride, __global const float *restrict delta, const uint delta_start,
    __global const float *restrict input, const uint input_start,
    __global const float *restrict scale, const uint scale_start,
    __global const float *restrict means, const uint means_start,
    __global const float *restrict inverse_deviations, const uint inverse_deviations_start,
    __global float *restrict input_delta, const uint input_delta_start, __local float *scratch) {
  START(delta) START(input) START(scale) START(means) START(inverse_deviations) START(input_delta)
  for (uint row = get_group_id(1); row < rows; row += get_num_groups(1))
    layer_normalization_delta_row(
        columns, means[row], inverse_deviations[row], delta + (size_t)row * delta_stride,
        input + (size_t)row * input_stride, scale,
        input_delta + (size_t)row * input_delta_stride, scratch);
}
