// c = epilogue(a b): for processors, where vectors of columns stay in registers
//
// A work-item, alone in its group, computes TILES tiles of ROWS x VECTORS vectors of WIDTH columns.
// Each of the `depth` terms multiplies one number of `a` with VECTORS vectors of `b`: all loads but
// those of `b` are broadcasts, and the sums never leave their registers.
//
// TRANSPOSED_A: `a` is stored depth x rows, as for weight gradients.
// SUMS_BIAS: those that have the first rows also sum the columns of `b` for the bias, and update
// it: `bias_velocity = momentum * bias_velocity + sums`, `bias -= rate * bias_velocity`.
#define UNROLL _Pragma("unroll")

#ifdef TRANSPOSED_A
#define A(row, term) a[(size_t)(term) * a_stride + (row)]
#else
#define A(row, term) a[(size_t)(row) * a_stride + (term)]
#endif

/* A tile from row `first_row` on. */
static inline void multiply_tile(
    const uint first_row, const uint first_column, const uint rows, const uint columns,
    const uint depth, const uint a_stride, const uint b_stride, const uint c_stride,
    __global const float *restrict a, __global const float *restrict b,
    __global float *restrict c, EPILOGUE_PARAMETERS) {
  /* Rows and vectors beyond the end repeat the last one, and are not stored. */
  uint row[ROWS];
  UNROLL for (uint i = 0; i < ROWS; i++) row[i] = min(first_row + i, rows - 1);
  uint column[VECTORS];
  UNROLL for (uint j = 0; j < VECTORS; j++)
    column[j] = min(first_column + j * WIDTH, b_stride - WIDTH);

  FLOATS sums[ROWS][VECTORS];
  UNROLL for (uint i = 0; i < ROWS; i++)
    UNROLL for (uint j = 0; j < VECTORS; j++) sums[i][j] = 0.0f;
  for (uint term = 0; term < depth; term++) {
    FLOATS factors[VECTORS];
    UNROLL for (uint j = 0; j < VECTORS; j++)
      factors[j] = LOAD(0, b + (size_t)term * b_stride + column[j]);
    UNROLL for (uint i = 0; i < ROWS; i++) {
      const FLOATS factor = A(row[i], term);
      UNROLL for (uint j = 0; j < VECTORS; j++)
        sums[i][j] = fma(factor, factors[j], sums[i][j]);
    }
  }
  UNROLL for (uint i = 0; i < ROWS; i++)
    UNROLL for (uint j = 0; j < VECTORS; j++) {
      const uint at = first_column + j * WIDTH;
      if (first_row + i < rows && at < columns)
        finish(sums[i][j], c, first_row + i, at, columns, c_stride, EPILOGUE_ARGUMENTS);
    }
}

__kernel void matmul_vector(
    const uint rows, const uint columns, const uint depth, const uint a_stride,
    const uint b_stride, const uint c_stride, __global const float *restrict a,
    __global const float *restrict b, __global float *restrict c, EPILOGUE_PARAMETERS
#ifdef SUMS_BIAS
    , __global float *restrict bias_velocity, __global float *restrict bias
#endif
) {
  const uint first_row = get_global_id(1) * ROWS * TILES;
  const uint first_column = get_global_id(0) * VECTORS * WIDTH;
  for (uint row = first_row; row < min(first_row + ROWS * TILES, rows); row += ROWS)
    multiply_tile(
        row, first_column, rows, columns, depth, a_stride, b_stride, c_stride, a, b, c,
        EPILOGUE_ARGUMENTS);

#ifdef SUMS_BIAS
  if (first_row != 0) return;
  for (uint j = 0; j < VECTORS; j++) {
    const uint at = first_column + j * WIDTH;
    if (at >= columns) break;
    FLOATS total = 0.0f;
    for (uint term = 0; term < depth; term++) total += LOAD(0, b + (size_t)term * b_stride + at);
    update_bias(total, at, columns, momentum, rate, bias_velocity, bias);
  }
#endif
}
