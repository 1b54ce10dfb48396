// c = a + b; c may be the memory of a or of b
__kernel void add(
    const uint rows, const uint columns, const uint a_stride, const uint b_stride,
    const uint c_stride, __global const float *a, const uint a_start, __global const float *b,
    const uint b_start, __global float *c, const uint c_start) {
  START(a) START(b) START(c)
  for (uint row = get_global_id(1); row < rows; row += get_global_size(1)) {
    const size_t at = row;
    for (uint column = get_local_id(0) * WIDTH; column < columns; column += LANES * WIDTH) {
      const FLOATS sum = load_part(a + at * a_stride, column, columns, 0.0f)
          + load_part(b + at * b_stride, column, columns, 0.0f);
      store_part(sum, c + at * c_stride, column, columns);
    }
  }
}
