// sums[k] = sum |x| or, with SQUARES, sum x^2 over the numbers of group k
//
// A work-group sums `length` numbers, a multiple of WIDTH, from k * length on.
#ifdef SQUARES
#define MEASURE(x) ((x) * (x))
#else
#define MEASURE(x) fabs(x)
#endif

static inline void partial_sums_rows(
    PART_ROWS, const uint count, const uint length, __global const float *restrict values,
    __global float *restrict sums, __local float *scratch) {
  EACH_ROW_OF_PART(group) {
    const uint start = min(count, group * length);
    const uint end = min(count, start + length);
    FLOATS total = 0.0f;
    for (uint at = start + get_local_id(0) * WIDTH; at < end; at += LANES * WIDTH) {
      const FLOATS x = load_part(values, at, end, 0.0f);
      total += MEASURE(x);
    }
    const float sum = group_sum(sum_of(total), LANES, scratch);
    if (get_local_id(0) == 0) sums[group] = sum;
  }
}
