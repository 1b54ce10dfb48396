// dx[r, p * columns + j] = d[r, j] where piece p is the first that has the maximum, else 0
__kernel void maxout_delta(
    const uint rows, const uint columns, const uint pieces, const uint delta_stride,
    const uint input_stride, const uint input_delta_stride, __global const float *restrict delta,
    const uint delta_start, __global const float *restrict input, const uint input_start,
    __global float *restrict input_delta, const uint input_delta_start) {
  START(delta) START(input) START(input_delta)
  for (uint row = get_global_id(1); row < rows; row += get_global_size(1)) {
    __global const float *x = input + (size_t)row * input_stride;
    __global float *target = input_delta + (size_t)row * input_delta_stride;
    for (uint column = get_local_id(0) * WIDTH; column < columns; column += LANES * WIDTH) {
      FLOATS best = load_part(x, column, columns, 0.0f);
      INTS winner = 0;
      for (int piece = 1; piece < (int)pieces; piece++) {
        const FLOATS z = load_part(x + (size_t)piece * columns, column, columns, 0.0f);
        const INTS wins = (z > best) | isnan(z);
        best = select(best, z, wins);
        winner = select(winner, (INTS)(piece), wins);
      }
      const FLOATS d = load_part(delta + (size_t)row * delta_stride, column, columns, 0.0f);
      for (int piece = 0; piece < (int)pieces; piece++)
        store_part(
            select((FLOATS)(0.0f), d, winner == piece), target + (size_t)piece * columns, column,
            columns);
    }
  }
}
