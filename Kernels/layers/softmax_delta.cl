// delta_j = s_j (delta_j - sum_k s_k delta_k), s being the outputs of a softmax; with LOGARITHM, of
// log-softmax, delta_j = delta_j - e^s_j sum_k delta_k
//
// A work-group takes row after row.
static inline void softmax_delta_row(
    const uint columns, __global const float *restrict s, __global float *restrict delta,
    __local float *scratch) {
  const uint lanes = active_lanes(columns);
  const uint start = get_local_id(0) * WIDTH;
  FLOATS terms = 0.0f;
  for (uint column = start; column < columns; column += LANES * WIDTH) {
    const FLOATS d = load_part(delta, column, columns, 0.0f);
#ifdef LOGARITHM
    terms += d;
#else
    terms += d * load_part(s, column, columns, 0.0f);
#endif
  }
  const float sum = group_sum(sum_of(terms), lanes, scratch);
  for (uint column = start; column < columns; column += LANES * WIDTH) {
    const FLOATS d = load_part(delta, column, columns, 0.0f);
    const FLOATS y = load_part(s, column, columns, 0.0f);
#ifdef LOGARITHM
    store_part(d - exp(y) * sum, delta, column, columns);
#else
    store_part(y * (d - sum), delta, column, columns);
#endif
  }
}

static inline void softmax_delta_rows(
    PART_ROWS, const uint columns, const uint outputs_stride, const uint delta_stride,
    __global const float *restrict outputs, __global float *restrict delta,
    __local float *scratch) {
  EACH_ROW_OF_PART(row)
    softmax_delta_row(
        columns, outputs + (size_t)row * outputs_stride, delta + (size_t)row * delta_stride,
        scratch);
}
