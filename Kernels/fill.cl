// values = value
//
// A work-item handles SPAN vectors of WIDTH numbers, LANES * WIDTH apart.
__kernel void fill(const uint count, const float value, __global float *restrict values) {
  uint at = (get_group_id(0) * SPAN * LANES + get_local_id(0)) * WIDTH;
  for (uint i = 0; i < SPAN && at < count; i++, at += LANES * WIDTH)
    store_part((FLOATS)(value), values, at, count);
}
