// m[i, j] = k(u_i, v_j), where m held the products u_i . v_j; k is named by FUNCTION
//
// row_squares and column_squares hold |u_i|^2 and |v_j|^2, for the kernel that needs distances.
static inline FLOATS polynomial_kernel(
    FLOATS product, FLOATS squares, uint degree, float gamma, float coef0) {
  FLOATS power = gamma * product + coef0;
  FLOATS result = 1.0f;
  for (; degree > 0; degree /= 2) {
    if (degree % 2 == 1) result *= power;
    power *= power;
  }
  return result;
}

static inline FLOATS rbf_kernel(
    FLOATS product, FLOATS squares, uint degree, float gamma, float coef0) {
  const FLOATS distance = squares - 2.0f * product;
  /* Rounding may take it below zero; written so that a NaN stays one. */
  return exp(-gamma * select(distance, (FLOATS)(0.0f), distance < 0.0f));
}

static inline FLOATS sigmoid_kernel(
    FLOATS product, FLOATS squares, uint degree, float gamma, float coef0) {
  return tanh(gamma * product + coef0);
}

static inline void kernel_function_rows(
    PART_ROWS, const uint columns, const uint stride, const uint degree, const float gamma,
    const float coef0, __global const float *restrict row_squares,
    __global const float *restrict column_squares, __global float *restrict matrix) {
  EACH_ROW_OF_PART(row) {
    __global float *values = matrix + (size_t)row * stride;
    EACH_VECTOR_OF_ROW(column) {
      const FLOATS product = load_part(values, column, columns, 0.0f);
      const FLOATS squares =
          row_squares[row] + load_part(column_squares, column, columns, 0.0f);
      store_part(FUNCTION(product, squares, degree, gamma, coef0), values, column, columns);
    }
  }
}
