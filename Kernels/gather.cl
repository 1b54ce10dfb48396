// destination[r] = scale * examples[indices[first + r]] + offset
//
// ELEMENT is the type of a stored number: uchar or float. Padding columns are left alone.
#define ELEMENTS JOIN(ELEMENT, WIDTH)
#define TO_FLOATS JOIN(convert_float, WIDTH)

__kernel void gather(
    const uint rows, const uint columns, const uint stride, const uint first, const float scale,
    const float offset, __global const int *restrict indices,
    __global const ELEMENT *restrict examples, __global float *restrict destination) {
  for (uint row = get_global_id(1); row < rows; row += get_global_size(1)) {
    __global const ELEMENT *x = examples + (size_t)indices[first + row] * columns;
    __global float *y = destination + (size_t)row * stride;
    const uint whole = columns / WIDTH * WIDTH;
    for (uint column = get_local_id(0) * WIDTH; column < whole; column += LANES * WIDTH)
      STORE(TO_FLOATS(LOAD(0, x + column)) * scale + offset, 0, y + column);
    for (uint column = whole + get_local_id(0); column < columns; column += LANES)
      y[column] = convert_float(x[column]) * scale + offset;
  }
}
