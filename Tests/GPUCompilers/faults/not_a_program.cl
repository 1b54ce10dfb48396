// does not compile
__kernel void not_a_program(__global float4 *values, __local float *scratch) {
  __local float4 *place = scratch;
  values[0] = place[0];
}
