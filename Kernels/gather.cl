// destination[r] = scale * examples[indices[first + r]] + offset
//
// ELEMENT is the type of a stored number: uchar or float. With SCALE_PER_FEATURE each column has
// a scale and an offset of its own. Padding columns are left alone.
#define TO_FLOATS JOIN(convert_float, WIDTH)

#ifdef SCALE_PER_FEATURE
#define SCALE_TYPE __global const float *restrict
#define ALL(scale, column) LOAD(0, scale + column)
#define ONE(scale, column) scale[column]
#else
#define SCALE_TYPE const float
#define ALL(scale, column) scale
#define ONE(scale, column) scale
#endif

/* Examples lie anywhere in memory, and a processor would wait for them longer than all else in this
   kernel takes: so each row asks for the example that it will need in the next batch. OpenCL's own
   prefetch does nothing on PoCL; PREFETCHES is given where the compiler is known to have another. */
static inline void ask_for(__global const ELEMENT *x, uint columns) {
#if LANES == 1 && defined(PREFETCHES)
  for (uint column = 0; column < columns; column += 64 / sizeof(ELEMENT))
    __builtin_prefetch(x + column);
#endif
}

typedef struct {
  uint rows, columns, stride, index_count;
} GatherSizes;

__kernel void gather(
    const GatherSizes sizes, const uint first, SCALE_TYPE scale, SCALE_TYPE offset, __global const int *restrict indices,
    __global const ELEMENT *restrict examples, __global float *restrict destination) {
  const uint rows = sizes.rows, columns = sizes.columns, stride = sizes.stride;
  for (uint row = get_global_id(1); row < rows; row += get_global_size(1)) {
    const uint next = first + rows + row;
    if (next < sizes.index_count) ask_for(examples + (size_t)indices[next] * columns, columns);
    __global const ELEMENT *x = examples + (size_t)indices[first + row] * columns;
    __global float *y = destination + (size_t)row * stride;
    const uint whole = columns / WIDTH * WIDTH;
    for (uint column = get_local_id(0) * WIDTH; column < whole; column += LANES * WIDTH)
      STORE(TO_FLOATS(LOAD(0, x + column)) * ALL(scale, column) + ALL(offset, column), 0, y + column);
    for (uint column = whole + get_local_id(0); column < columns; column += LANES)
      y[column] = convert_float(x[column]) * ONE(scale, column) + ONE(offset, column);
  }
}
