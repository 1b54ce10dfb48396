// gradients[c, j] = sum over rows with input[r, place] = c of delta[r, start + j], + beta * gradients[c, j]
//
// A row of the part is a category, so that each sum has the order of the batch.
static inline void embedding_gradients_rows(
    PART_ROWS, const uint rows, const uint place, const uint start, const uint width,
    const uint delta_stride, const uint input_stride, const uint gradient_stride, const float beta,
    __global const float *restrict delta, __global const float *restrict input,
    __global float *restrict gradients) {
  EACH_ROW_OF_PART(category) {
    __global float *target = gradients + (size_t)category * gradient_stride;
    for (uint at = get_local_id(0) * WIDTH; at < width; at += LANES * WIDTH) {
      FLOATS sum = 0.0f;
      for (uint row = 0; row < rows; row++)
        if (input[(size_t)row * input_stride + place] == (float)category)
          sum += load_part(delta + (size_t)row * delta_stride + start, at, width, 0.0f);
      if (beta != 0.0f) sum += beta * load_part(target, at, width, 0.0f);
      store_part(sum, target, at, width);
    }
  }
}
