// gradients += l1 * sign(weights) + l2 * weights, the sign of 0 being 0
static inline void penalty_gradient_numbers(
    PART_NUMBERS, const float l1, const float l2, __global const float *restrict weights,
    __global float *restrict gradients) {
  EACH_VECTOR(at) {
    const FLOATS w = load_part(weights, at, end, 0.0f);
    /* OpenCL's sign is 0 for NaN, which the product keeps. */
    const FLOATS change = l1 * sign(w) + l2 * w;
    store_part(load_part(gradients, at, end, 0.0f) + change, gradients, at, end);
  }
}
