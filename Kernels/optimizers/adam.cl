// mean += (1 - beta1) * (gradient - mean); squares = beta2 * squares + (1 - beta2) * gradient^2
// parameters -= step_size * mean / (sqrt(squares) * root_scale + epsilon)
//
// step_size = rate / (1 - beta1^t) and root_scale = 1 / sqrt(1 - beta2^t) in step t.
__kernel void adam(
    const uint count, const float one_minus_beta1, const float beta2, const float one_minus_beta2,
    const float epsilon, const float step_size, const float root_scale,
    __global const float *restrict gradients, const uint gradients_start,
    __global float *restrict means, const uint means_start, __global float *restrict squares,
    const uint squares_start, __global float *restrict parameters, const uint parameters_start) {
  START(gradients) START(means) START(squares) START(parameters)
  EACH_VECTOR(at, count) {
    const FLOATS g = load_part(gradients, at, count, 0.0f);
    FLOATS m = load_part(means, at, count, 0.0f);
    m += one_minus_beta1 * (g - m);
    const FLOATS s = beta2 * load_part(squares, at, count, 0.0f) + one_minus_beta2 * g * g;
    store_part(m, means, at, count);
    store_part(s, squares, at, count);
    const FLOATS change = step_size * m / (sqrt(s) * root_scale + epsilon);
    store_part(load_part(parameters, at, count, 0.0f) - change, parameters, at, count);
  }
}
