// velocity = momentum * velocity + gradient; parameters -= rate * velocity,
// with NESTEROV parameters -= rate * (gradient + momentum * velocity)
__kernel void momentum(
    const uint count, const float momentum, const float rate,
    __global const float *restrict gradients, const uint gradients_start,
    __global float *restrict velocity, const uint velocity_start,
    __global float *restrict parameters, const uint parameters_start) {
  START(gradients) START(velocity) START(parameters)
  EACH_VECTOR(at, count) {
    const FLOATS g = load_part(gradients, at, count, 0.0f);
    const FLOATS v = momentum * load_part(velocity, at, count, 0.0f) + g;
    store_part(v, velocity, at, count);
#ifdef NESTEROV
    const FLOATS change = g + momentum * v;
#else
    const FLOATS change = v;
#endif
    store_part(
        load_part(parameters, at, count, 0.0f) - rate * change, parameters, at, count);
  }
}
