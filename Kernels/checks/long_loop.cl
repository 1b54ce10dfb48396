// values[i] = the value after `count` steps of x = 1664525 x + 1013904223 (modulo 2^32), from x = i
//
// No network needs it: it shows whether a device runs loops to their end. Some end them after so many
// rounds, without a word (llvmpipe after 65535).
__kernel void long_loop(
    const uint count, __global uint *restrict values, const uint values_start) {
  START(values)
  uint x = get_global_id(0);
  for (uint i = 0; i < count; i++) x = 1664525u * x + 1013904223u;
  values[get_global_id(0)] = x;
}
