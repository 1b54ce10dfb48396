// y = x * factor where the random word of the place is at least threshold, else 0
//
// Four columns share a block of random words, which step, row and column name. Input and output may
// be the same memory; with ADDS y is added to what is there. What is dropped is zero, even where it
// was NaN.
#define UINTS JOIN(uint, WIDTH)

/* The words of WIDTH columns. */
static inline UINTS words(const uint block, const uint step, const uint2 stream, const uint2 key) {
  uint part[WIDTH];
  for (uint i = 0; i < WIDTH / 4; i++)
    vstore4(philox((uint4)(block + i, step, stream), key), i, part);
  return LOAD(0, part);
}

static inline void dropout_rows(
    PART_ROWS, const uint columns, const uint input_stride, const uint output_stride,
    const uint step, const uint row_offset, const uint key_low, const uint key_high,
    const uint stream_low, const uint stream_high, const uint threshold, const float factor,
    __global const float *input, __global float *output) {
  const uint2 key = (uint2)(key_low, key_high), stream = (uint2)(stream_low, stream_high);
  const uint blocks = (columns + 3) / 4;
  EACH_ROW_OF_PART(row) {
    __global const float *x = input + (size_t)row * input_stride;
    __global float *y = output + (size_t)row * output_stride;
    EACH_VECTOR_OF_ROW(column) {
      const uint block = (row_offset + row) * blocks + column / 4;
      const INTS is_kept = words(block, step, stream, key) >= (UINTS)(threshold);
      const FLOATS kept = load_part(x, column, columns, 0.0f) * factor;
      FLOATS value = select((FLOATS)(0.0f), kept, is_kept);
#ifdef ADDS
      value += load_part(y, column, columns, 0.0f);
#endif
      store_part(value, y, column, columns);
    }
  }
}
