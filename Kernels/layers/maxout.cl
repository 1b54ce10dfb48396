// output[r, j] = max_p input[r, p * columns + j]; a NaN is the largest
static inline void maxout_rows(
    PART_ROWS, const uint columns, const uint pieces, const uint input_stride,
    const uint output_stride, __global const float *restrict input,
    __global float *restrict output) {
  EACH_ROW_OF_PART(row) {
    __global const float *x = input + (size_t)row * input_stride;
    EACH_VECTOR_OF_ROW(column) {
      FLOATS best = load_part(x, column, columns, 0.0f);
      for (uint piece = 1; piece < pieces; piece++) {
        const FLOATS z = load_part(x + (size_t)piece * columns, column, columns, 0.0f);
        best = select(best, z, (z > best) | isnan(z));
      }
      store_part(best, output + (size_t)row * output_stride, column, columns);
    }
  }
}
