// destination[r] = scale * examples[indices[first + r]] + offset, by gather_row.clh
typedef struct {
  uint rows, columns, stride, index_count;
} GatherSizes;

__kernel void gather(
    const GatherSizes sizes, const uint first, SCALE_TYPE scale, SCALE_TYPE offset,
    __global const int *restrict indices, __global const ELEMENT *restrict examples,
    __global float *restrict destination) {
  for (uint row = get_global_id(1); row < sizes.rows; row += get_global_size(1))
    gather_row(
        row, sizes.rows, sizes.columns, sizes.stride, sizes.index_count, first, scale, offset,
        indices, examples, destination);
}
