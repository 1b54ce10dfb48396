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

__kernel void gather(
    const uint rows, const uint columns, const uint stride, const uint first,
    SCALE_TYPE scale, SCALE_TYPE offset, __global const int *restrict indices,
    __global const ELEMENT *restrict examples, __global float *restrict destination) {
  for (uint row = get_global_id(1); row < rows; row += get_global_size(1)) {
    __global const ELEMENT *x = examples + (size_t)indices[first + row] * columns;
    __global float *y = destination + (size_t)row * stride;
    const uint whole = columns / WIDTH * WIDTH;
    for (uint column = get_local_id(0) * WIDTH; column < whole; column += LANES * WIDTH)
      STORE(TO_FLOATS(LOAD(0, x + column)) * ALL(scale, column) + ALL(offset, column), 0, y + column);
    for (uint column = whole + get_local_id(0); column < columns; column += LANES)
      y[column] = convert_float(x[column]) * ONE(scale, column) + ONE(offset, column);
  }
}
