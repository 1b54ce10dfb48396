// has a stack frame
__kernel void stack(__global float *values, const uint count) {
  float kept[64];
  for (uint i = 0; i < 64; i++) kept[i] = values[i * get_global_size(0) + get_global_id(0)];
  for (uint i = 0; i < count; i++) values[i] += kept[(uint)values[i + count] % 64];
}
