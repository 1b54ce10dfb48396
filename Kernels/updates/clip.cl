// values = min(limit, max(-limit, values)); NaN stays
__kernel void clip(
    const uint count, const float limit, __global float *restrict values, const uint values_start) {
  START(values)
  EACH_VECTOR(at, count) {
    FLOATS x = load_part(values, at, count, 0.0f);
    x = select(x, (FLOATS)(limit), x > limit);
    x = select(x, (FLOATS)(-limit), x < -limit);
    store_part(x, values, at, count);
  }
}
