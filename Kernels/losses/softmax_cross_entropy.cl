// loss = sum_j y_j (ln sum_k e^z_k - z_j); delta = (softmax(z) sum_j y_j - y) * scale
//
// A work-group takes row after row. `delta` may be `logits`: a work-item reads a
// column before it writes it.
static inline void softmax_cross_entropy_rows(
    PART_ROWS, const uint columns, const uint logits_stride, const uint delta_stride,
    const uint first, const float loss_scale, const float scale, __global const float *logits,
    __global const int *restrict indices, __global const TARGET *restrict targets,
    WEIGHTS __global float *delta, __global float *restrict losses,
    __global float *restrict hits, __local float *scratch) {
  EACH_ROW_OF_PART(row)
    softmax_cross_entropy_row(
        row, columns, logits_stride, delta_stride, first, loss_scale, scale, logits, indices,
        targets, WEIGHTS_ARGUMENT delta, losses, hits, scratch);
}
