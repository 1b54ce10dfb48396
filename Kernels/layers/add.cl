// c = a + b; c may be the memory of a or of b
static inline void add_rows(
    PART_ROWS, const uint columns, const uint a_stride, const uint b_stride, const uint c_stride,
    __global const float *a, __global const float *b, __global float *c) {
  EACH_ROW_OF_PART(row) {
    const size_t at = row;
    EACH_VECTOR_OF_ROW(column) {
      const FLOATS sum = load_part(a + at * a_stride, column, columns, 0.0f)
          + load_part(b + at * b_stride, column, columns, 0.0f);
      store_part(sum, c + at * c_stride, column, columns);
    }
  }
}
