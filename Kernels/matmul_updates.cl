// velocity = momentum velocity + a^T b; weights -= rate velocity: for processors, of LAYERS layers in
// one launch, with their biases
//
// Each layer has groups of its own, one after the other, which compute as those of
// matmul_vector.cl. All have tiles of the same shape: with several in one program, compilers run out
// of registers.
typedef struct {
  uint rows, columns, a_stride, b_stride, c_stride;
  uint weights, bias; /* where they begin in `parameters`, and their velocities in `velocity` */
  uint end;           /* the number of groups of this layer and those before it */
} LayerSizes;
typedef struct {
  uint depth, tiles; /* terms of a sum; tiles below each other, for each group */
  float momentum;
  LayerSizes layers[LAYERS];
} UpdateSizes;

#define OPERANDS(n) , __global const float *restrict a##n, __global const float *restrict b##n
#if LAYERS == 2
#define ALL_OPERANDS OPERANDS(0) OPERANDS(1)
#define CHOOSE(x, n) (n == 0 ? x##0 : x##1)
#elif LAYERS == 3
#define ALL_OPERANDS OPERANDS(0) OPERANDS(1) OPERANDS(2)
#define CHOOSE(x, n) (n == 0 ? x##0 : n == 1 ? x##1 : x##2)
#else
#define ALL_OPERANDS OPERANDS(0) OPERANDS(1) OPERANDS(2) OPERANDS(3)
#define CHOOSE(x, n) (n == 0 ? x##0 : n == 1 ? x##1 : n == 2 ? x##2 : x##3)
#endif

__kernel void matmul_updates(
    const UpdateSizes sizes, const float rate, __global float *restrict parameters,
    __global float *restrict velocity ALL_OPERANDS) {
  uint number = 0, group = get_group_id(0);
  while (group >= sizes.layers[number].end) number++;
  if (number > 0) group -= sizes.layers[number - 1].end;
  const LayerSizes layer = sizes.layers[number];
  __global const float *a = CHOOSE(a, number), *b = CHOOSE(b, number);

  const uint depth = sizes.depth;
  const float momentum = sizes.momentum;
  const uint groups_per_row = (layer.columns + VECTORS * WIDTH - 1) / (VECTORS * WIDTH);
  const uint first_column = group % groups_per_row * VECTORS * WIDTH;
  const uint first_row = group / groups_per_row * sizes.tiles * ROWS;
  const uint end_row = min(first_row + sizes.tiles * ROWS, layer.rows);
  __global float *weights = parameters + layer.weights;
  for (uint row = first_row; row < end_row; row += ROWS)
    multiply_tile(
        row, first_column, layer.rows, layer.columns, depth, layer.a_stride, layer.b_stride,
        layer.c_stride, a, b, velocity + layer.weights, EPILOGUE_ARGUMENTS);
  if (first_row == 0)
    update_bias_by_sums(
        first_column, layer.columns, depth, layer.b_stride, b, momentum, rate,
        velocity + layer.bias, parameters + layer.bias);
}
