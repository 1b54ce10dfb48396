// Work whose time tells how fast a device is: `rounds` times all groups wait for all (WAITS), each work-item
// reads 8 vectors of the first VECTORS that `values` holds (READS), or it makes 32 multiplications
//
// What it makes goes to `values` after the first VECTORS, so that no compiler leaves it out.
__kernel __attribute__((reqd_work_group_size(LANES, 1, 1))) void device_rate(
    const uint rounds, Counter counters, const uint counters_start, __global float4 *values,
    const uint values_start) {
  START(values)
  const uint item = get_local_id(0);
#if defined(WAITS)
  for (uint round = 1; round <= rounds; round++) {
    end_task(counters);
    if (IS_SPEAKER) wait_for(DONE, round * get_num_groups(0));
    ALL_TOGETHER
  }
  end_steps(counters, 2);
#else
  float4 sums[8];
  UNROLL for (uint i = 0; i < 8; i++) sums[i] = (float)(item + i);
  for (uint round = 0; round < rounds; round++)
    UNROLL for (uint i = 0; i < 8; i++)
#if defined(READS)
      sums[i] += values[((round * 8 + i) * LANES + item) % VECTORS];
#else
      sums[i] = fma(sums[i], 0.5f, 0.25f);
#endif
  float4 sum = 0.0f;
  UNROLL for (uint i = 0; i < 8; i++) sum += sums[i];
  values[VECTORS + get_global_id(0)] = sum;
#endif
}
