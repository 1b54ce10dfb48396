// squares += gradient^2; parameters -= rate * gradient / (sqrt(squares) + epsilon)
__kernel void adagrad(
    const uint count, const float epsilon, const float rate,
    __global const float *restrict gradients, const uint gradients_start,
    __global float *restrict squares, const uint squares_start, __global float *restrict parameters,
    const uint parameters_start) {
  START(gradients) START(squares) START(parameters)
  EACH_VECTOR(at, count) {
    const FLOATS g = load_part(gradients, at, count, 0.0f);
    const FLOATS s = load_part(squares, at, count, 0.0f) + g * g;
    store_part(s, squares, at, count);
    const FLOATS change = rate * g / (sqrt(s) + epsilon);
    store_part(load_part(parameters, at, count, 0.0f) - change, parameters, at, count);
  }
}
