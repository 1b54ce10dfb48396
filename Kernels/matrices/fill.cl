// values = value
static inline void fill_numbers(
    PART_NUMBERS, const float value, __global float *restrict values) {
  EACH_VECTOR(at) { store_part((FLOATS)(value), values, at, end); }
}
