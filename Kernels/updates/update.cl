// parameters = parameters - rate * velocity
__kernel void update(
    const uint count, const float rate, __global const float *restrict velocity,
    const uint velocity_start, __global float *restrict parameters, const uint parameters_start) {
  START(velocity) START(parameters)
  EACH_VECTOR(at, count) {
    const FLOATS change = rate * load_part(velocity, at, count, 0.0f);
    store_part(load_part(parameters, at, count, 0.0f) - change, parameters, at, count);
  }
}
