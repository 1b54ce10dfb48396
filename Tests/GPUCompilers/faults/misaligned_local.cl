// accesses 16 bytes at a time through argument 1
static inline void keep(__local float4 *place, float4 x) { place[get_local_id(0)] = x; }
__kernel void misaligned_local(__global float *values, __local float *scratch) {
  keep((__local float4 *)scratch, (float4)(values[get_global_id(0)]));
  barrier(CLK_LOCAL_MEM_FENCE);
  values[get_global_id(0)] = scratch[get_local_id(0) ^ 5];
}
