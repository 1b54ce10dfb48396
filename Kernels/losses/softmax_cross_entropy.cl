// loss = sum_j y_j (ln sum_k e^z_k - z_j); delta = (softmax(z) sum_j y_j - y) * scale
//
// A work-group takes row after row. `delta` may be `logits`: a work-item reads a
// column before it writes it.
__kernel void softmax_cross_entropy(
    const uint rows, const uint columns, const uint logits_stride, const uint delta_stride,
    const uint first, const float loss_scale, const float scale,
    __global const float *logits, const uint logits_start,
    __global const int *restrict indices, const uint indices_start,
    __global const TARGET *restrict targets, const uint targets_start, WEIGHTS_OPERAND
    __global float *delta, const uint delta_start, __global float *restrict losses,
    const uint losses_start, __global float *restrict hits, const uint hits_start,
    __local float *scratch) {
  START(logits) START(indices) START(targets) START_WEIGHTS START(delta) START(losses)
  START(hits)
  for (uint row = get_group_id(1); row < rows; row += get_num_groups(1))
    softmax_cross_entropy_row(
        row, columns, logits_stride, delta_stride, first, loss_scale, scale, logits, indices,
        targets, WEIGHTS_ARGUMENT delta, losses, hits, scratch);
}
