// Goes wrong in the way its argument names, for `run` to see what the strict driver says.
#include "provoke.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *source =
  "typedef struct { uint rows, columns; /* one, two */ float scale; // three\n} Sizes;\n"
  "typedef struct { float values[NUMBERS]; } Row;\n"
  "typedef struct { uint index; float4 start; } Wide;\n"
  "__kernel void add(__global float *numbers, const float summand) {\n"
  "  numbers[get_global_id(0)] += summand;\n}\n"
  "__kernel void before(__global float *numbers, const float summand) {\n"
  "  numbers[(int)get_global_id(0) - 4] = summand;\n}\n"
  "__kernel void structure(__global float *numbers, const Sizes sizes) {\n"
  "  numbers[get_global_id(0)] = sizes.scale;\n}\n"
  "__kernel void wide(__global float *numbers, const Wide wide) {\n"
  "  numbers[get_global_id(0)] = wide.start.x;\n}\n"
  "__kernel void row(__global float *numbers, const Row row) {\n"
  "  numbers[get_global_id(0)] = row.values[0];\n}\n"
  "__kernel void shared(__global float *numbers, __local float4 *vectors) {\n"
  "  __local float own[256];\n"
  "  own[get_local_id(0) % 256] = numbers[get_global_id(0)];\n"
  "  barrier(CLK_LOCAL_MEM_FENCE);\n"
  "  vectors[0] = own[0];\n"
  "  numbers[get_global_id(0)] = vectors[0].x;\n}\n";

void expect(bool holds, const char *condition, const char *file, int line) {
  if (holds) return;
  fprintf(stderr, "%s:%d: not so: %s\n", file, line, condition);
  exit(1);
}

cl_kernel make_kernel(Place *place, const char *name) {
  cl_int status;
  cl_kernel kernel = clCreateKernel(place->program, name, &status);
  EXPECT(status == CL_SUCCESS);
  return kernel;
}

cl_mem make_buffer(Place *place, size_t size) {
  cl_int status;
  cl_mem buffer = clCreateBuffer(place->context, CL_MEM_READ_WRITE, size, NULL, &status);
  EXPECT(status == CL_SUCCESS);
  return buffer;
}

cl_mem make_part(cl_mem buffer, size_t origin, size_t size, cl_int *status) {
  const cl_buffer_region region = {origin, size};
  return clCreateSubBuffer(
      buffer, CL_MEM_READ_WRITE, CL_BUFFER_CREATE_TYPE_REGION, &region, status);
}

cl_int launch(Place *place, cl_kernel kernel, size_t global, size_t local) {
  const cl_int status =
    clEnqueueNDRangeKernel(place->queue, kernel, 1, NULL, &global, &local, 0, NULL, NULL);
  if (!status) clFinish(place->queue);
  return status;
}

static void open_place(Place *place) {
  cl_platform_id platforms[8];
  cl_uint count = 0;
  EXPECT(clGetPlatformIDs(8, platforms, &count) == CL_SUCCESS && count);
  cl_int status = CL_DEVICE_NOT_FOUND;
  for (cl_uint i = 0; i < count && status; i++)
    status = clGetDeviceIDs(platforms[i], CL_DEVICE_TYPE_ALL, 1, &place->device, NULL);
  EXPECT(status == CL_SUCCESS);
  place->context = clCreateContext(NULL, 1, &place->device, NULL, NULL, &status);
  EXPECT(status == CL_SUCCESS);
  place->queue = clCreateCommandQueue(place->context, place->device, 0, &status);
  EXPECT(status == CL_SUCCESS);
  place->program = clCreateProgramWithSource(place->context, 1, &source, NULL, &status);
  EXPECT(status == CL_SUCCESS);
  EXPECT(
      clBuildProgram(place->program, 1, &place->device, "-DNUMBERS=4", NULL, NULL)
      == CL_SUCCESS);
  place->buffer = make_buffer(place, 4096);
  place->kernel = make_kernel(place, "add");
  const cl_float one = 1;
  EXPECT(clSetKernelArg(place->kernel, 0, sizeof(cl_mem), &place->buffer) == CL_SUCCESS);
  EXPECT(clSetKernelArg(place->kernel, 1, sizeof one, &one) == CL_SUCCESS);
}

/// Releases what the case has left; it sets to null what it has released itself.
static void close_place(Place *place) {
  if (place->kernel) clReleaseKernel(place->kernel);
  if (place->buffer) clReleaseMemObject(place->buffer);
  if (place->program) clReleaseProgram(place->program);
  if (place->queue) clReleaseCommandQueue(place->queue);
  if (place->context) clReleaseContext(place->context);
}

int main(int count, char **arguments) {
  const Case *tables[] = {lifetimeCases, partCases, argumentCases, launchCases, faultCases};
  for (size_t table = 0; count == 2 && table < sizeof tables / sizeof *tables; table++)
    for (const Case *one = tables[table]; one->name; one++) {
      if (strcmp(one->name, arguments[1])) continue;
      Place place;
      open_place(&place);
      one->body(&place);
      close_place(&place);
      return 0;
    }
  fprintf(stderr, "usage: provoke CASE\n");
  return 2;
}
