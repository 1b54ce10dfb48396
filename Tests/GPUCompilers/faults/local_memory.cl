// bytes of local memory, and the limit is
__kernel void local_memory(__global float *values) {
  __local float kept[24 << 10];
  for (uint i = get_local_id(0); i < 24 << 10; i += get_local_size(0)) kept[i] = values[i];
  barrier(CLK_LOCAL_MEM_FENCE);
  values[get_global_id(0)] = kept[(uint)values[get_global_id(0)] % (24 << 10)];
}
