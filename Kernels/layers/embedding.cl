// output[r, start + j] = table[input[r, place], j], 0 where that names no row; output[r, j] = input[r, j] for j < copied
static inline void embedding_rows(
    PART_ROWS, const uint copied, const uint place, const uint start, const uint categories,
    const uint width, const uint input_stride, const uint table_stride, const uint output_stride,
    __global const float *restrict input, __global const float *restrict table,
    __global float *restrict output) {
  EACH_ROW_OF_PART(row) {
    __global const float *x = input + (size_t)row * input_stride;
    __global float *y = output + (size_t)row * output_stride;
    for (uint at = get_local_id(0) * WIDTH; at < copied; at += LANES * WIDTH)
      store_part(load_part(x, at, copied, 0.0f), y, at, copied);
    const float number = x[place];
    // A comparison with NaN is false.
    const bool is_inside = number >= 0.0f && number < (float)categories;
    const uint category = is_inside ? (uint)number : 0;
    const bool is_category = is_inside && (float)category == number;
    __global const float *numbers = table + (size_t)category * table_stride;
    for (uint at = get_local_id(0) * WIDTH; at < width; at += LANES * WIDTH) {
      const FLOATS values = is_category ? load_part(numbers, at, width, 0.0f) : (FLOATS)(0.0f);
      store_part(values, y + start, at, width);
    }
  }
}
