// values *= min(1, limit / (sqrt(sum squares) + 1e-6)); not finite: all but zeros become NaN
//
// Each work-group adds up the sums that partial_sums.cl made, in the same order.
__kernel void clip_norm(
    const uint count, const uint sum_count, const float limit,
    __global const float *restrict squares, const uint squares_start,
    __global float *restrict values, const uint values_start, __local float *scratch) {
  START(squares) START(values)
  FLOATS total = 0.0f;
  for (uint at = get_local_id(0) * WIDTH; at < sum_count; at += LANES * WIDTH)
    total += load_part(squares, at, sum_count, 0.0f);
  const float norm = sqrt(group_sum(sum_of(total), scratch));
  const float scale = isfinite(norm) ? min(1.0f, limit / (norm + 1e-6f)) : NAN;
  if (scale == 1.0f) return;
  EACH_VECTOR(at, count) {
    const FLOATS x = load_part(values, at, count, 0.0f);
    /* Padding stays zero in any case. */
    store_part(select(x * scale, x, x == 0.0f), values, at, count);
  }
}
