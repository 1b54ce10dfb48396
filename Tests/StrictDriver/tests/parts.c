// Parts of buffers, and transfers beyond them.
#include "provoke.h"

static void parts_side_by_side(Place *place) {
  cl_int status;
  cl_mem first = make_part(place->buffer, 0, 512, &status);
  EXPECT(status == CL_SUCCESS);
  cl_mem second = make_part(place->buffer, 512, 512, &status);
  EXPECT(status == CL_SUCCESS);
  clReleaseMemObject(first);
  // The memory of a part that is gone is free for another one.
  first = make_part(place->buffer, 0, 512, &status);
  EXPECT(status == CL_SUCCESS);
  clReleaseMemObject(second);
  clReleaseMemObject(first);
}

static void overlapping_parts(Place *place) {
  cl_int status;
  cl_mem first = make_part(place->buffer, 0, 1024, &status);
  EXPECT(status == CL_SUCCESS);
  EXPECT(!make_part(place->buffer, 512, 1024, &status) && status == CL_INVALID_VALUE);
  clReleaseMemObject(first);
}

/// Where faults are only reported.
static void overlapping_parts_released_in_order(Place *place) {
  cl_int status;
  cl_mem first = make_part(place->buffer, 0, 1024, &status);
  cl_mem second = make_part(place->buffer, 512, 1024, &status);
  clReleaseMemObject(first);
  clReleaseMemObject(second);
}

static void whole_released_first(Place *place) {
  cl_int status;
  cl_mem part = make_part(place->buffer, 0, 1024, &status);
  EXPECT(clReleaseMemObject(place->buffer) == CL_INVALID_MEM_OBJECT);
  place->buffer = NULL;
  clReleaseMemObject(part);
}

static void part_not_aligned(Place *place) {
  cl_int status;
  EXPECT(
      !make_part(place->buffer, 128, 128, &status)
      && status == CL_MISALIGNED_SUB_BUFFER_OFFSET);
}

static void part_of_part(Place *place) {
  cl_int status;
  cl_mem part = make_part(place->buffer, 0, 1024, &status);
  EXPECT(!make_part(part, 0, 512, &status) && status == CL_INVALID_MEM_OBJECT);
  clReleaseMemObject(part);
}

static void part_too_long(Place *place) {
  cl_int status;
  EXPECT(!make_part(place->buffer, 3584, 1024, &status) && status == CL_INVALID_VALUE);
}

static void read_too_long(Place *place) {
  float numbers[4];
  EXPECT(
      clEnqueueReadBuffer(
          place->queue, place->buffer, CL_TRUE, 4092, sizeof numbers, numbers, 0, NULL, NULL)
      == CL_INVALID_VALUE);
}

static void copy_onto_itself(Place *place) {
  EXPECT(
      clEnqueueCopyBuffer(place->queue, place->buffer, place->buffer, 0, 64, 128, 0, NULL, NULL)
      == CL_MEM_COPY_OVERLAP);
}

static void fill_by_odd_pattern(Place *place) {
  const char pattern[12] = {0};
  EXPECT(
      clEnqueueFillBuffer(
          place->queue, place->buffer, pattern, sizeof pattern, 0, 48, 0, NULL, NULL)
      == CL_INVALID_VALUE);
}

static float first_number(Place *place) {
  float number = 0;
  EXPECT(
      clEnqueueReadBuffer(
          place->queue, place->buffer, CL_TRUE, 0, sizeof number, &number, 0, NULL, NULL)
      == CL_SUCCESS);
  return number;
}

static void new_memory_is_nan(Place *place) {
  const float number = first_number(place);
  EXPECT(number != number);
}

const Case partCases[] = {
  {"parts_side_by_side", parts_side_by_side},
  {"overlapping_parts", overlapping_parts},
  {"overlapping_parts_released_in_order", overlapping_parts_released_in_order},
  {"whole_released_first", whole_released_first},
  {"part_not_aligned", part_not_aligned},
  {"part_of_part", part_of_part},
  {"part_too_long", part_too_long},
  {"read_too_long", read_too_long},
  {"copy_onto_itself", copy_onto_itself},
  {"fill_by_odd_pattern", fill_by_odd_pattern},
  {"new_memory_is_nan", new_memory_is_nan},
  {NULL, NULL}};
