// accesses 16 bytes at a time through argument 0
__kernel void misaligned_global(
    __global const float *values, __global float *sums, const uint stride) {
  const size_t row = get_global_id(0);
  float sum = 0.0f;
  for (uint i = 0; i < stride; i += 4) {
    const float4 part = *(__global const float4 *)(values + row * stride + i);
    sum += part.x * part.y + part.z * part.w;
  }
  sums[row] = sum;
}
