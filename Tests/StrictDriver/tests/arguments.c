// Arguments that are not what the kernel takes.
#include "provoke.h"

static void number_too_long(Place *place) {
  const double one = 1;
  EXPECT(clSetKernelArg(place->kernel, 1, sizeof one, &one) == CL_INVALID_ARG_SIZE);
}

static void buffer_too_short(Place *place) {
  EXPECT(clSetKernelArg(place->kernel, 0, 4, &place->buffer) == CL_INVALID_ARG_SIZE);
}

static void argument_too_many(Place *place) {
  EXPECT(clSetKernelArg(place->kernel, 2, 4, "abc") == CL_INVALID_ARG_INDEX);
}

/// Sets the second argument of a kernel once; its status.
static cl_int set(Place *place, const char *name, size_t size, const void *value) {
  cl_kernel kernel = make_kernel(place, name);
  const cl_int status = clSetKernelArg(kernel, 1, size, value);
  clReleaseKernel(kernel);
  return status;
}

static const char bytes[64];

static void structures_of_right_size(Place *place) {
  EXPECT(set(place, "structure", 12, bytes) == CL_SUCCESS);
  // The vector begins at byte 16.
  EXPECT(set(place, "wide", 32, bytes) == CL_SUCCESS);
  EXPECT(set(place, "row", 16, bytes) == CL_SUCCESS);
}

static void structure_too_short(Place *place) {
  EXPECT(set(place, "structure", 8, bytes) == CL_INVALID_ARG_SIZE);
}

static void padding_forgotten(Place *place) {
  EXPECT(set(place, "wide", 20, bytes) == CL_INVALID_ARG_SIZE);
}

/// Of a structure whose size only a compiler knows.
static void two_sizes(Place *place) {
  cl_kernel kernel = make_kernel(place, "row");
  EXPECT(clSetKernelArg(kernel, 1, 16, bytes) == CL_SUCCESS);
  EXPECT(clSetKernelArg(kernel, 1, 12, bytes) == CL_INVALID_ARG_SIZE);
  clReleaseKernel(kernel);
}

static void local_memory_with_value(Place *place) {
  EXPECT(set(place, "shared", 16, bytes) == CL_INVALID_ARG_VALUE);
}

static void local_memory_of_no_bytes(Place *place) {
  EXPECT(set(place, "shared", 0, NULL) == CL_INVALID_ARG_SIZE);
}

static void local_memory_of_part_of_vector(Place *place) {
  EXPECT(set(place, "shared", 20, NULL) == CL_INVALID_ARG_SIZE);
}

static void buffer_of_other_context(Place *place) {
  Place other = *place;
  cl_int status;
  other.context = clCreateContext(NULL, 1, &place->device, NULL, NULL, &status);
  cl_mem buffer = make_buffer(&other, 64);
  EXPECT(clSetKernelArg(place->kernel, 0, sizeof buffer, &buffer) == CL_INVALID_MEM_OBJECT);
  clReleaseMemObject(buffer);
  clReleaseContext(other.context);
}

static void argument_never_set(Place *place) {
  cl_kernel kernel = make_kernel(place, "add");
  clSetKernelArg(kernel, 0, sizeof(cl_mem), &place->buffer);
  EXPECT(launch(place, kernel, 64, 16) == CL_INVALID_KERNEL_ARGS);
  clReleaseKernel(kernel);
}

const Case argumentCases[] = {
  {"number_too_long", number_too_long},
  {"buffer_too_short", buffer_too_short},
  {"argument_too_many", argument_too_many},
  {"structures_of_right_size", structures_of_right_size},
  {"structure_too_short", structure_too_short},
  {"padding_forgotten", padding_forgotten},
  {"two_sizes", two_sizes},
  {"local_memory_with_value", local_memory_with_value},
  {"local_memory_of_no_bytes", local_memory_of_no_bytes},
  {"local_memory_of_part_of_vector", local_memory_of_part_of_vector},
  {"buffer_of_other_context", buffer_of_other_context},
  {"argument_never_set", argument_never_set},
  {NULL, NULL}};
