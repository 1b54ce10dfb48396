// y = x * factor where the random word of the place is at least threshold, else 0
//
// Four columns share a block of random words, which step, row and column name. Input and output may
// be the same memory; with ADDS y is added to what is there. What is dropped is zero, even where it
// was NaN.
#define UINTS JOIN(uint, WIDTH)

#if WIDTH == 16
/* Processors make the words of 16 blocks at a time, each word of all blocks in a vector. */
#define DROPPED_VECTORS 4
#define INTERLEAVED(half)                                                                        \
  (uint16)(w[0].half.s0, w[1].half.s0, w[2].half.s0, w[3].half.s0, w[0].half.s1, w[1].half.s1,   \
           w[2].half.s1, w[3].half.s1, w[0].half.s2, w[1].half.s2, w[2].half.s2, w[3].half.s2,   \
           w[0].half.s3, w[1].half.s3, w[2].half.s3, w[3].half.s3)

static inline void random_words(
    const uint block, const uint step, const uint2 stream, const uint2 key, UINTS words[4]) {
  uint16 w[4] = {
      block + (uint16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), step, stream.x,
      stream.y};
  philox16(w, key);
  words[0] = INTERLEAVED(lo.lo);
  words[1] = INTERLEAVED(lo.hi);
  words[2] = INTERLEAVED(hi.lo);
  words[3] = INTERLEAVED(hi.hi);
}
#else
#define DROPPED_VECTORS 1
static inline void random_words(
    const uint block, const uint step, const uint2 stream, const uint2 key, UINTS words[1]) {
  words[0] = philox((uint4)(block, step, stream), key);
}
#endif

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
    for (uint start = get_local_id(0) * DROPPED_VECTORS * WIDTH; start < columns;
         start += LANES * DROPPED_VECTORS * WIDTH) {
      UINTS words[DROPPED_VECTORS];
      random_words((row_offset + row) * blocks + start / 4, step, stream, key, words);
      for (uint i = 0; i < DROPPED_VECTORS; i++) {
        const uint column = start + i * WIDTH;
        if (column >= columns) break;
        const INTS is_kept = words[i] >= (UINTS)(threshold);
        const FLOATS kept = load_part(x, column, columns, 0.0f) * factor;
        FLOATS value = select((FLOATS)(0.0f), kept, is_kept);
#ifdef ADDS
        value += load_part(y, column, columns, 0.0f);
#endif
        store_part(value, y, column, columns);
      }
    }
  }
}
