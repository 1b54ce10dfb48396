// values = value
__kernel void fill(
    const uint count, const float value, __global float *restrict values, const uint values_start) {
  START(values)
  EACH_VECTOR(at, count) { store_part((FLOATS)(value), values, at, count); }
}
