// bytes of registers to memory
__kernel __attribute__((reqd_work_group_size(1024, 1, 1))) void spill(
    __global const float *values, __global float *sums, const uint count) {
  float kept[100];
  _Pragma("unroll") for (uint i = 0; i < 100; i++) kept[i] = 0.0f;
  for (uint term = 0; term < count; term++)
    _Pragma("unroll") for (uint i = 0; i < 100; i++)
      kept[i] = fma(kept[(i + 1) % 100], values[term], kept[i]);
  _Pragma("unroll") for (uint i = 0; i < 100; i++) sums[i * 1024 + get_local_id(0)] = kept[i];
}
