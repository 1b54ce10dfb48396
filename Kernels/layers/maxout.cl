// output[r, j] = max_p input[r, p * columns + j]; a NaN is the largest
__kernel void maxout(
    const uint rows, const uint columns, const uint pieces, const uint input_stride,
    const uint output_stride, __global const float *restrict input, const uint input_start,
    __global float *restrict output, const uint output_start) {
  START(input) START(output)
  for (uint row = get_global_id(1); row < rows; row += get_global_size(1)) {
    __global const float *x = input + (size_t)row * input_stride;
    for (uint column = get_local_id(0) * WIDTH; column < columns; column += LANES * WIDTH) {
      FLOATS best = load_part(x, column, columns, 0.0f);
      for (uint piece = 1; piece < pieces; piece++) {
        const FLOATS z = load_part(x + (size_t)piece * columns, column, columns, 0.0f);
        best = select(best, z, (z > best) | isnan(z));
      }
      store_part(best, output + (size_t)row * output_stride, column, columns);
    }
  }
}
