// weights *= keep
static inline void decay_numbers(
    PART_NUMBERS, const float keep, __global float *restrict weights) {
  EACH_VECTOR(at) {
    store_part(keep * load_part(weights, at, end, 0.0f), weights, at, end);
  }
}
