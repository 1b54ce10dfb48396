// values *= min(1, limit / (sqrt(sum squares) + 1e-6)); not finite: all but zeros become NaN
//
// Each work-group adds up the sums that partial_sums.cl made, in the same order.
static inline void clip_norm_numbers(
    PART_NUMBERS, const uint sum_count, const float limit,
    __global const float *restrict squares, __global float *restrict values,
    __local float *scratch) {
  FLOATS total = 0.0f;
  for (uint at = get_local_id(0) * WIDTH; at < sum_count; at += LANES * WIDTH)
    total += load_part(squares, at, sum_count, 0.0f);
  const float norm = sqrt(group_sum(sum_of(total), LANES, scratch));
  const float scale = isfinite(norm) ? min(1.0f, limit / (norm + 1e-6f)) : NAN;
  if (scale == 1.0f) return;
  EACH_VECTOR(at) {
    const FLOATS x = load_part(values, at, end, 0.0f);
    /* Padding stays zero in any case. */
    store_part(select(x * scale, x, x == 0.0f), values, at, end);
  }
}
