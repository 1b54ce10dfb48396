// values = min(limit, max(-limit, values)); NaN stays
static inline void clip_numbers(
    PART_NUMBERS, const float limit, __global float *restrict values) {
  EACH_VECTOR(at) {
    FLOATS x = load_part(values, at, end, 0.0f);
    x = select(x, (FLOATS)(limit), x > limit);
    x = select(x, (FLOATS)(-limit), x < -limit);
    store_part(x, values, at, end);
  }
}
