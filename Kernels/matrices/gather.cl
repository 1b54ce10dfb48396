// destination[r] = scale * examples[indices[first + r]] + offset, by gather_row.clh
static inline void gather_rows(
    PART_ROWS, const uint rows, const uint columns, const uint stride, const uint index_count,
    const uint first, SCALE_TYPE scale, SCALE_TYPE offset, __global const int *restrict indices,
    __global const ELEMENT *restrict examples, __global float *restrict destination) {
  EACH_ROW_OF_PART(row)
    gather_row(
        row, rows, columns, stride, index_count, first, scale, offset,
        indices, examples, destination);
}
