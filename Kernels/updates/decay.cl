// weights *= keep
__kernel void decay(
    const uint count, const float keep, __global float *restrict weights,
    const uint weights_start) {
  START(weights)
  EACH_VECTOR(at, count) {
    store_part(keep * load_part(weights, at, count, 0.0f), weights, at, count);
  }
}
