// dx[r, p * columns + j] = d[r, j] where piece p is the first that has the maximum, else 0
static inline void maxout_delta_rows(
    PART_ROWS, const uint columns, const uint pieces, const uint delta_stride,
    const uint input_stride, const uint input_delta_stride, __global const float *restrict delta,
    __global const float *restrict input, __global float *restrict input_delta) {
  EACH_ROW_OF_PART(row) {
    __global const float *x = input + (size_t)row * input_stride;
    __global float *target = input_delta + (size_t)row * input_delta_stride;
    EACH_VECTOR_OF_ROW(column) {
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
