// gradients += l1 * sign(weights) + l2 * weights, the sign of 0 being 0
__kernel void penalty_gradient(
    const uint count, const float l1, const float l2, __global const float *restrict weights,
    const uint weights_start, __global float *restrict gradients, const uint gradients_start) {
  START(weights) START(gradients)
  EACH_VECTOR(at, count) {
    const FLOATS w = load_part(weights, at, count, 0.0f);
    /* OpenCL's sign is 0 for NaN, which the product keeps. */
    const FLOATS change = l1 * sign(w) + l2 * w;
    store_part(load_part(gradients, at, count, 0.0f) + change, gradients, at, count);
  }
}
