// loss = sum_t l(h_t, h_(t+T), h_(t+2T), ..., y_t) * loss_scale, of T targets with PARTS outputs each;
// delta = the derivatives of l by each output * scale
//
// A work-group takes row after row. `delta` may be `outputs`: a work-item reads all
// outputs of a target before it writes one. `columns` are the targets.
static inline void target_loss_row(
    const uint row, const uint columns, const uint outputs_stride, const uint delta_stride,
    const uint first, const float loss_scale, const float scale,
    __global const float *outputs,
    __global const int *restrict indices,
    __global const TARGET *restrict targets, WEIGHTS __global float *delta,
    __global float *restrict losses, __global float *restrict hits, __local float *scratch) {
  const uint lanes = active_lanes(columns);
  const size_t example = indices[first + row];
  const float delta_scale = scale * WEIGHT(example);
  __global const float *h = outputs + (size_t)row * outputs_stride;
  __global float *d = delta + (size_t)row * delta_stride;

  FLOATS output_values = NO_VALUES, target_values = NO_VALUES;
  INTS output_columns = NO_COLUMNS, target_columns = NO_COLUMNS;
  FLOATS terms = 0.0f;
  EACH_VECTOR_OF_ROW(column) {
    FLOATS values[PARTS], slopes[PARTS];
    for (uint part = 0; part < PARTS; part++)
      values[part] = load_part(h + part * columns, column, columns, 0.0f);
    const FLOATS y = TARGETS(targets, example, column, columns);
    keep_larger(&output_values, &output_columns, values[0], column, columns);
    keep_larger(&target_values, &target_columns, y, column, columns);
    const INTS is_padding = (int)column + OFFSETS >= (int)columns;
    terms += select(target_term(values, y, slopes), (FLOATS)(0.0f), is_padding);
    for (uint part = 0; part < PARTS; part++)
      store_part(slopes[part] * delta_scale, d + part * columns, column, columns);
  }
  const float loss = group_sum(sum_of(terms), lanes, scratch);
  const float largest = group_largest(largest_of(output_values), lanes, scratch);
  const float largest_target = group_largest(largest_of(target_values), lanes, scratch);
  const int answer = first_column(output_values, output_columns, largest, lanes, scratch);
  const int right = first_column(target_values, target_columns, largest_target, lanes, scratch);
  if (get_local_id(0) == 0) {
    losses[row] += loss * WEIGHT(example) * loss_scale;
    if (answer == right && !isnan(loss)) hits[row] += 1.0f;
  }
}

static inline void target_loss_rows(
    PART_ROWS, const uint columns, const uint outputs_stride, const uint delta_stride,
    const uint first, const float loss_scale, const float scale, __global const float *outputs,
    __global const int *restrict indices, __global const TARGET *restrict targets,
    WEIGHTS __global float *delta, __global float *restrict losses,
    __global float *restrict hits, __local float *scratch) {
  EACH_ROW_OF_PART(row)
    target_loss_row(
        row, columns, outputs_stride, delta_stride, first, loss_scale, scale, outputs, indices,
        targets, WEIGHTS_ARGUMENT delta, losses, hits, scratch);
}
