// parameters and state change by an optimiser's formula, element by element: optimizers/*.clh define
// `optimize`. STATES vectors of state; COEFFICIENTS numbers of the step.
typedef struct {
  float values[COEFFICIENTS];
} Coefficients;

#if STATES == 0
#define STATE_OPERANDS
#define START_STATES
#define STATE_POINTERS 0
#elif STATES == 1
#define STATE_OPERANDS , __global float *restrict state0, const uint state0_start
#define START_STATES START(state0)
#define STATE_POINTERS state0
#else
#define STATE_OPERANDS                                        \
  , __global float *restrict state0, const uint state0_start, \
      __global float *restrict state1, const uint state1_start
#define START_STATES START(state0) START(state1)
#define STATE_POINTERS state0, state1
#endif

__kernel void update(
    const uint count, const Coefficients coefficients, __global const float *restrict gradients,
    const uint gradients_start, __global float *restrict parameters,
    const uint parameters_start STATE_OPERANDS) {
  START(gradients) START(parameters) START_STATES
  __global float *states[] = {STATE_POINTERS};
  EACH_VECTOR(at, count) {
    FLOATS state[STATES + 1];
    UNROLL for (uint i = 0; i < STATES; i++) state[i] = load_part(states[i], at, count, 0.0f);
    const FLOATS parameter = optimize(
        load_part(parameters, at, count, 0.0f), load_part(gradients, at, count, 0.0f), state,
        coefficients.values);
    UNROLL for (uint i = 0; i < STATES; i++) store_part(state[i], states[i], at, count);
    store_part(parameter, parameters, at, count);
  }
}
