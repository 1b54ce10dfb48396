// parameters and state change by an optimiser's formula, element by element: optimizers/*.clh define
// `optimize`. STATES vectors of state; COEFFICIENTS numbers of the step.
#if STATES == 0
#define STATE_OPERANDS
#define STATE_POINTERS 0
#elif STATES == 1
#define STATE_OPERANDS , __global float *restrict state0
#define STATE_POINTERS state0
#else
#define STATE_OPERANDS , __global float *restrict state0, __global float *restrict state1
#define STATE_POINTERS state0, state1
#endif

static inline void update_numbers(
    PART_NUMBERS, const float *coefficients, __global const float *restrict gradients,
    __global float *restrict parameters STATE_OPERANDS) {
  __global float *states[] = {STATE_POINTERS};
  EACH_VECTOR(at) {
    FLOATS state[STATES + 1];
    UNROLL for (uint i = 0; i < STATES; i++) state[i] = load_part(states[i], at, end, 0.0f);
    const FLOATS parameter = optimize(
        load_part(parameters, at, end, 0.0f), load_part(gradients, at, end, 0.0f), state,
        coefficients);
    UNROLL for (uint i = 0; i < STATES; i++) store_part(state[i], states[i], at, end);
    store_part(parameter, parameters, at, end);
  }
}
