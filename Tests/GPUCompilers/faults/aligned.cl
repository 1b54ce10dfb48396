// right
__kernel void aligned(
    __global const float4 *values, __global float *sums, __local float4 *scratch) {
  scratch[get_local_id(0)] = values[get_global_id(0)] + vload4(get_global_id(0), sums);
  barrier(CLK_LOCAL_MEM_FENCE);
  sums[get_global_id(0)] = ((__local float *)scratch)[get_local_id(0) ^ 5];
}
