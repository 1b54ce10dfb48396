// velocity = momentum velocity + a^T b; weights -= rate velocity: for processors, of LAYERS layers in
// one launch, with their biases
//
// Each layer has groups of its own, one after the other, which compute as those of
// matmul_vector.cl. All have tiles of the same shape: with several in one program, compilers run out
// of registers.
typedef struct {
  uint depth, tiles; /* terms of a sum; tiles below each other, for each group */
  float momentum;
  LayerSizes layers[LAYERS];
} UpdateSizes;

#define OPERANDS(n)                                             \
  , __global const float *restrict a##n, const uint a##n##_start, \
      __global const float *restrict b##n, const uint b##n##_start
#if LAYERS == 2
#define ALL_OPERANDS OPERANDS(0) OPERANDS(1)
#define START_ALL START(a0) START(b0) START(a1) START(b1)
#define CHOOSE(x, n) (n == 0 ? x##0 : x##1)
#elif LAYERS == 3
#define ALL_OPERANDS OPERANDS(0) OPERANDS(1) OPERANDS(2)
#define START_ALL START(a0) START(b0) START(a1) START(b1) START(a2) START(b2)
#define CHOOSE(x, n) (n == 0 ? x##0 : n == 1 ? x##1 : x##2)
#else
#define ALL_OPERANDS OPERANDS(0) OPERANDS(1) OPERANDS(2) OPERANDS(3)
#define START_ALL \
  START(a0) START(b0) START(a1) START(b1) START(a2) START(b2) START(a3) START(b3)
#define CHOOSE(x, n) (n == 0 ? x##0 : n == 1 ? x##1 : n == 2 ? x##2 : x##3)
#endif

__kernel void matmul_updates(
    const UpdateSizes sizes, const float rate, __global float *restrict parameters,
    const uint parameters_start, __global float *restrict velocity,
    const uint velocity_start ALL_OPERANDS) {
  START(parameters) START(velocity) START_ALL
  uint group = get_group_id(0);
  const uint number = layer_of_group(sizes.layers, &group);
  update_layer(
      sizes.layers[number], group, sizes.tiles, sizes.depth, sizes.momentum, rate,
      CHOOSE(a, number), CHOOSE(b, number), parameters, velocity);
}
