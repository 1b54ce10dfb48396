// squares = alpha * squares + one_minus_alpha * gradient^2
// change = gradient / (sqrt(squares) + epsilon); parameters -= rate * change,
// with MOMENTUM velocity = momentum * velocity + change; parameters -= rate * velocity
__kernel void rms_prop(
    const uint count, const float alpha, const float one_minus_alpha, const float epsilon,
    const float rate, __global const float *restrict gradients, const uint gradients_start,
    __global float *restrict squares, const uint squares_start,
#ifdef MOMENTUM
    const float momentum, __global float *restrict velocity, const uint velocity_start,
#endif
    __global float *restrict parameters, const uint parameters_start) {
  START(gradients) START(squares) START(parameters)
#ifdef MOMENTUM
  START(velocity)
#endif
  EACH_VECTOR(at, count) {
    const FLOATS g = load_part(gradients, at, count, 0.0f);
    const FLOATS s = alpha * load_part(squares, at, count, 0.0f) + one_minus_alpha * g * g;
    store_part(s, squares, at, count);
    FLOATS change = g / (sqrt(s) + epsilon);
#ifdef MOMENTUM
    change += momentum * load_part(velocity, at, count, 0.0f);
    store_part(change, velocity, at, count);
#endif
    store_part(
        load_part(parameters, at, count, 0.0f) - rate * change, parameters, at, count);
  }
}
