// parameters = parameters - rate * velocity
//
// A work-item handles SPAN vectors of WIDTH numbers, LANES * WIDTH apart.
__kernel void update(
    const uint count, const float rate, __global const float *restrict velocity,
    __global float *restrict parameters) {
  uint at = (get_group_id(0) * SPAN * LANES + get_local_id(0)) * WIDTH;
  for (uint i = 0; i < SPAN && at < count; i++, at += LANES * WIDTH) {
    const FLOATS change = rate * load_part(velocity, at, count, 0.0f);
    store_part(load_part(parameters, at, count, 0.0f) - change, parameters, at, count);
  }
}
