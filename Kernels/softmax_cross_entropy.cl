// loss = sum_j y_j (ln sum_k e^z_k - z_j); delta = (softmax(z) sum_j y_j - y) * scale
//
// A work-group takes row after row. `delta` may be `logits`: a work-item reads a
// column before it writes it.
// With SMOOTHING s the right answers are y = (1 - s) y + s / columns.
#ifdef SMOOTHING
static inline FLOATS smooth(FLOATS y, uint column, uint columns) {
  const INTS is_padding = (int)column + OFFSETS >= (int)columns;
  return select((1.0f - SMOOTHING) * y + SMOOTHING / columns, (FLOATS)(0.0f), is_padding);
}
#define SMOOTH_TARGETS(targets, example, column, columns) \
  smooth(TARGETS(targets, example, column, columns), column, columns)
#else
#define SMOOTH_TARGETS TARGETS
#endif
static inline void softmax_cross_entropy_row(
    const uint row, const uint columns, const uint logits_stride, const uint delta_stride,
    const uint first, const float loss_scale, const float scale,
    __global const float *logits,
    __global const int *restrict indices,
    __global const TARGET *restrict targets, WEIGHTS __global float *delta,
    __global float *restrict losses, __global float *restrict hits, __local float *scratch) {
  const uint start = get_local_id(0) * WIDTH;
  const size_t example = indices[first + row];
  const float delta_scale = scale * WEIGHT(example);
  __global const float *z = logits + (size_t)row * logits_stride;
  __global float *d = delta + (size_t)row * delta_stride;

  FLOATS output_values = NO_VALUES, target_values = NO_VALUES;
  INTS output_columns = NO_COLUMNS, target_columns = NO_COLUMNS;
  for (uint column = start; column < columns; column += LANES * WIDTH) {
    const FLOATS x = load_row(z, column, columns, logits_stride, -INFINITY);
    const FLOATS y = TARGETS(targets, example, column, columns);
    keep_larger(&output_values, &output_columns, x, column, columns);
    keep_larger(&target_values, &target_columns, y, column, columns);
  }
  const float largest = group_largest(largest_of(output_values), scratch);
  const float largest_target = group_largest(largest_of(target_values), scratch);
  const int answer = first_column(output_values, output_columns, largest, scratch);
  const int right = first_column(target_values, target_columns, largest_target, scratch);

  /* Where y is 0 the term is too, even for a logit of minus infinity. */
  FLOATS powers = 0.0f, weights = 0.0f, distances = 0.0f;
  for (uint column = start; column < columns; column += LANES * WIDTH) {
    const FLOATS below = largest - load_row(z, column, columns, logits_stride, -INFINITY);
    const FLOATS y = SMOOTH_TARGETS(targets, example, column, columns);
    const FLOATS power = exp(-below);
    powers += power;
    weights += y;
    distances += select(y * below, (FLOATS)(0.0f), y == 0.0f);
    store_row(power, d, column, columns, delta_stride);
  }
  const float sum = group_sum(sum_of(powers), scratch);
  const float weight = group_sum(sum_of(weights), scratch);
  const float distance = group_sum(sum_of(distances), scratch);
  for (uint column = start; column < columns; column += LANES * WIDTH) {
    const FLOATS softmax = load_row(d, column, columns, delta_stride, 0.0f) / sum;
    const FLOATS y = SMOOTH_TARGETS(targets, example, column, columns);
    store_row((softmax * weight - y) * delta_scale, d, column, columns, delta_stride);
  }
  if (get_local_id(0) == 0) {
    const float loss = log(sum) * weight + distance;
    losses[row] += loss * WEIGHT(example) * loss_scale;
    if (answer == right && !isnan(loss)) hits[row] += 1.0f;
  }
}

__kernel void softmax_cross_entropy(
    const uint rows, const uint columns, const uint logits_stride, const uint delta_stride,
    const uint first, const float loss_scale, const float scale,
    __global const float *logits,
    __global const int *restrict indices, __global const TARGET *restrict targets,
    WEIGHTS __global float *delta, __global float *restrict losses, __global float *restrict hits,
    __local float *scratch) {
  for (uint row = get_group_id(1); row < rows; row += get_num_groups(1))
    softmax_cross_entropy_row(
        row, columns, logits_stride, delta_stride, first, loss_scale, scale, logits, indices,
        targets, WEIGHTS_ARGUMENT delta, losses, hits, scratch);
}
