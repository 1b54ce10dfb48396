// sums[k] = sum |x| or, with SQUARES, sum x^2 over the numbers of group k
//
// A work-group sums `length` numbers, a multiple of WIDTH, from k * length on.
#ifdef SQUARES
#define MEASURE(x) ((x) * (x))
#else
#define MEASURE(x) fabs(x)
#endif

__kernel void partial_sums(
    const uint count, const uint length, __global const float *restrict values,
    const uint values_start, __global float *restrict sums, const uint sums_start,
    __local float *scratch) {
  START(values) START(sums)
  const uint group = get_group_id(1);
  const uint start = min(count, group * length);
  const uint end = min(count, start + length);
  FLOATS total = 0.0f;
  for (uint at = start + get_local_id(0) * WIDTH; at < end; at += LANES * WIDTH) {
    const FLOATS x = load_part(values, at, end, 0.0f);
    total += MEASURE(x);
  }
  const float sum = group_sum(sum_of(total), scratch);
  if (get_local_id(0) == 0) sums[group] = sum;
}
