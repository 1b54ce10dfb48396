// Steps of gradient descent with momentum, each for a batch through all dense layers, softmax
// cross-entropy and back: for processors, all the work of some steps of a small network in one launch
//
// Between launches the threads of a processor sleep, and waking them takes longer than a small
// network's products. Here each work-item, alone in its group, is a worker: it claims one task after
// the other, in an order in which every task comes after those that it needs. A step's tasks are
// first some rows of the batch each, forward and back; then groups of tiles of the weights, which
// need all deltas. The next step's rows need all weights.
//
// Nobody waits in vain: a task is waited for only after a worker that runs has claimed it. A worker
// that never starts is not missed.
typedef struct {
  uint rows, index_count, outputs_stride, turned_stride;
  uint row_tasks, update_tasks; /* of a step */
  uint task_rows;               /* of the batch, of a row task */
  uint tiles;                   /* below each other, of an update task */
  float momentum, loss_scale, delta_scale;
  LayerSizes layers[LAYERS];
} StepSizes;

/* The values that differ from step to step. */
typedef struct {
  uint count;
  uint first[STEPS]; /* where the batch begins in the order of the epoch */
  float rate[STEPS];
} Steps;

/* Counters, each in a cache line of its own, which are zero between launches: tasks done; workers that
   have ended; tasks of rows that are claimed; tasks of updates that are claimed, for each owner. */
#define COUNTER(number) (counters + 16 * (number))
#define DONE COUNTER(0)
#define ENDED COUNTER(1)
#define ROWS_CLAIMED COUNTER(2)
#define UPDATES_CLAIMED(owner) COUNTER(3 + (owner))
#define COUNTERS (3 + get_num_groups(0))

#if LAYERS == 1
#define HIDDEN_OPERANDS
#define START_HIDDEN
#define HIDDEN_VALUES
#define HIDDEN_DELTAS
#elif LAYERS == 2
#define HIDDEN_OPERANDS HIDDEN(1)
#define START_HIDDEN START(value1) START(delta1)
#define HIDDEN_VALUES value1,
#define HIDDEN_DELTAS delta1,
#elif LAYERS == 3
#define HIDDEN_OPERANDS HIDDEN(1) HIDDEN(2)
#define START_HIDDEN START(value1) START(delta1) START(value2) START(delta2)
#define HIDDEN_VALUES value1, value2,
#define HIDDEN_DELTAS delta1, delta2,
#else
#define HIDDEN_OPERANDS HIDDEN(1) HIDDEN(2) HIDDEN(3)
#define START_HIDDEN                                                  \
  START(value1) START(delta1) START(value2) START(delta2) START(value3) \
  START(delta3)
#define HIDDEN_VALUES value1, value2, value3,
#define HIDDEN_DELTAS delta1, delta2, delta3,
#endif
#define HIDDEN(n)                                             \
  __global float *value##n, const uint value##n##_start,      \
      __global float *delta##n, const uint delta##n##_start,

__kernel void dense_steps(
    const StepSizes sizes, const Steps steps, SCALE_OPERANDS, Counter counters,
    const uint counters_start, __global const int *restrict indices, const uint indices_start,
    __global const ELEMENT *restrict examples, const uint examples_start,
    __global const TARGET *restrict targets, const uint targets_start, WEIGHTS_OPERAND
    __global float *parameters, const uint parameters_start, __global float *velocity,
    const uint velocity_start, __global float *losses, const uint losses_start,
    __global float *hits, const uint hits_start, __global float *input, const uint input_start,
    HIDDEN_OPERANDS __global float *outputs, const uint outputs_start, __global float *delta,
    const uint delta_start, __local float *turned, __local FLOATS *scratch) {
  START_SCALES START(counters) START(indices) START(examples) START(targets) START_WEIGHTS
  START(parameters) START(velocity) START(losses) START(hits) START(input) START_HIDDEN
  START(outputs) START(delta)
  __global float *values[] = {input, HIDDEN_VALUES outputs};
  __global float *deltas[] = {HIDDEN_DELTAS delta};
  const uint workers = get_num_groups(0);
  for (uint step = 0; step < steps.count; step++) {
    const uint before = step * (sizes.row_tasks + sizes.update_tasks);
    uint task;
    while (claim(ROWS_CLAIMED, step, sizes.row_tasks, &task)) {
      wait_for(DONE, before);
      const uint first = task * sizes.task_rows;
      const uint end = min(first + sizes.task_rows, sizes.rows);
      for (uint row = first; row < end; row++)
        gather_row(
            row, sizes.rows, sizes.layers[0].rows, sizes.layers[0].a_stride, sizes.index_count,
            steps.first[step], scale, offset, indices, examples, input);
      hidden_forward(first, end, sizes.layers, parameters, values);
      const LayerSizes last = sizes.layers[OUTPUT];
      for (uint row = first; row < end; row += ROWS)
        multiply_forward(
            row, end, last.rows, last.columns, last.a_stride, last.c_stride, sizes.outputs_stride,
            values[OUTPUT], parameters + last.weights, parameters + last.bias, outputs, scratch);
      for (uint row = first; row < end; row++)
        softmax_cross_entropy_row(
            row, last.columns, sizes.outputs_stride, last.b_stride, steps.first[step],
            sizes.loss_scale, sizes.delta_scale, outputs, indices, targets, WEIGHTS_ARGUMENT delta,
            losses, hits, (__local float *)scratch);
#if LAYERS > 1
      turn(
          last.rows, last.columns, last.c_stride, sizes.turned_stride, parameters + last.weights,
          turned);
      for (uint row = first; row < end; row += ROWS)
        multiply_backward(
            row, end, last.rows, last.columns, last.a_stride, last.b_stride,
            sizes.layers[OUTPUT - 1].b_stride, sizes.turned_stride, values[OUTPUT], delta, turned,
            deltas[OUTPUT - 1]);
#endif
      hidden_backward(first, end, sizes.layers, parameters, values, deltas);
      count_up(DONE, memory_order_release);
    }
    /* Each worker begins with its own part of the weights, which stay in its cache. */
    for (uint i = 0; i < workers; i++) {
      const uint owner = (get_group_id(0) + i) % workers;
      const uint first = sizes.update_tasks * owner / workers;
      const uint count = sizes.update_tasks * (owner + 1) / workers - first;
      while (claim(UPDATES_CLAIMED(owner), step, count, &task)) {
        wait_for(DONE, before + sizes.row_tasks);
        uint group = first + task;
        const uint number = layer_of_group(sizes.layers, &group);
        update_layer(
            sizes.layers[number], group, sizes.tiles, sizes.rows, sizes.momentum, steps.rate[step],
            values[number], deltas[number], parameters, velocity);
        count_up(DONE, memory_order_release);
      }
    }
  }
  /* The last one leaves the counters as they were. */
  if (count_up(ENDED, memory_order_relaxed) == workers - 1)
    for (uint i = 0; i < COUNTERS; i++)
      atomic_store_explicit(COUNTER(i), 0, memory_order_relaxed, memory_scope_device);
}
