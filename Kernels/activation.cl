// y = f(y + bias), the bias being added to every row
__kernel void activation(
    const uint rows, const uint columns, const uint stride, __global const float *restrict bias,
    __global float *restrict y) {
  for (uint row = get_global_id(1); row < rows; row += get_global_size(1)) {
    __global float *values = y + (size_t)row * stride;
    for (uint column = get_local_id(0) * WIDTH; column < columns; column += LANES * WIDTH) {
      const FLOATS z = load_part(values, column, columns, 0.0f)
          + load_part(bias, column, columns, 0.0f);
      store_part(ACTIVATE(z), values, column, columns);
    }
  }
}
