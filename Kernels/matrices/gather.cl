// destination[r] = scale * examples[indices[first + r]] + offset, by gather_row.clh
typedef struct {
  uint rows, columns, stride, index_count;
} GatherSizes;

__kernel void gather(
    const GatherSizes sizes, const uint first, SCALE_OPERANDS,
    __global const int *restrict indices, const uint indices_start,
    __global const ELEMENT *restrict examples, const uint examples_start,
    __global float *restrict destination, const uint destination_start) {
  START_SCALES START(indices) START(examples) START(destination)
  for (uint row = get_global_id(1); row < sizes.rows; row += get_global_size(1))
    gather_row(
        row, sizes.rows, sizes.columns, sizes.stride, sizes.index_count, first, scale, offset,
        indices, examples, destination);
}
