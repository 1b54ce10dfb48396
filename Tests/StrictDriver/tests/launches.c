// Launches beyond the limits, and the limits as devices tell them.
#include "provoke.h"

#include <string.h>

static void group_does_not_divide(Place *place) {
  EXPECT(launch(place, place->kernel, 100, 16) == CL_INVALID_WORK_GROUP_SIZE);
}

static void group_too_large(Place *place) {
  EXPECT(launch(place, place->kernel, 1024, 512) == CL_INVALID_WORK_GROUP_SIZE);
}

static void items_beyond_32_bits(Place *place) {
  EXPECT(launch(place, place->kernel, (size_t)1 << 32, 16) == CL_INVALID_GLOBAL_WORK_SIZE);
}

static void groups_beyond_16_bits(Place *place) {
  const size_t global[2] = {1, 65536}, local[2] = {1, 1};
  EXPECT(
      clEnqueueNDRangeKernel(
          place->queue, place->kernel, 2, NULL, global, local, 0, NULL, NULL)
      == CL_INVALID_GLOBAL_WORK_SIZE);
}

/// Launches the kernel that has 1024 bytes of its own; the launch's status.
static cl_int launch_shared(Place *place, size_t bytes) {
  cl_kernel kernel = make_kernel(place, "shared");
  EXPECT(clSetKernelArg(kernel, 0, sizeof(cl_mem), &place->buffer) == CL_SUCCESS);
  EXPECT(clSetKernelArg(kernel, 1, bytes, NULL) == CL_SUCCESS);
  const cl_int status = launch(place, kernel, 64, 16);
  clReleaseKernel(kernel);
  return status;
}

static void local_memory_in_full(Place *place) {
  EXPECT(launch_shared(place, 32768 - 1024) == CL_SUCCESS);
}

static void local_memory_too_large(Place *place) {
  EXPECT(launch_shared(place, 32768 - 1024 + 16) == CL_OUT_OF_RESOURCES);
}

static void limits(Place *place) {
  cl_ulong local = 0;
  cl_uint bits = 0;
  size_t group = 0, items[3] = {0};
  clGetDeviceInfo(place->device, CL_DEVICE_LOCAL_MEM_SIZE, sizeof local, &local, NULL);
  EXPECT(local == 32768);
  clGetDeviceInfo(place->device, CL_DEVICE_MAX_WORK_GROUP_SIZE, sizeof group, &group, NULL);
  EXPECT(group == 256);
  clGetDeviceInfo(place->device, CL_DEVICE_MAX_WORK_ITEM_SIZES, sizeof items, items, NULL);
  EXPECT(items[0] == 256 && items[1] == 256 && items[2] == 256);
  clGetDeviceInfo(place->device, CL_DEVICE_MEM_BASE_ADDR_ALIGN, sizeof bits, &bits, NULL);
  EXPECT(bits == 4096);
  clGetKernelWorkGroupInfo(
      place->kernel, place->device, CL_KERNEL_WORK_GROUP_SIZE, sizeof group, &group, NULL);
  EXPECT(group == 256);
}

/// With STRICT_TYPE=gpu, STRICT_NAME=Fake and STRICT_VENDOR=Nobody.
static void false_gpu(Place *place) {
  char name[100] = "", vendor[100] = "";
  cl_device_type type = 0;
  cl_platform_id platform;
  cl_device_id device;
  clGetDeviceInfo(place->device, CL_DEVICE_TYPE, sizeof type, &type, NULL);
  EXPECT(type == CL_DEVICE_TYPE_GPU);
  clGetDeviceInfo(place->device, CL_DEVICE_NAME, sizeof name, name, NULL);
  EXPECT(!strcmp(name, "Fake"));
  clGetDeviceInfo(place->device, CL_DEVICE_VENDOR, sizeof vendor, vendor, NULL);
  EXPECT(!strcmp(vendor, "Nobody"));
  clGetDeviceInfo(place->device, CL_DEVICE_PLATFORM, sizeof platform, &platform, NULL);
  EXPECT(clGetDeviceIDs(platform, CL_DEVICE_TYPE_GPU, 1, &device, NULL) == CL_SUCCESS);
  EXPECT(clGetDeviceIDs(platform, CL_DEVICE_TYPE_CPU, 1, &device, NULL) == CL_DEVICE_NOT_FOUND);
}

/// Launches a kernel with a buffer of so many bytes in 16 work-items, one for each float.
static void launch_with(Place *place, const char *name, size_t bytes) {
  cl_kernel kernel = make_kernel(place, name);
  cl_mem buffer = make_buffer(place, bytes);
  const cl_float one = 1;
  EXPECT(clSetKernelArg(kernel, 0, sizeof(cl_mem), &buffer) == CL_SUCCESS);
  EXPECT(clSetKernelArg(kernel, 1, sizeof one, &one) == CL_SUCCESS);
  EXPECT(launch(place, kernel, 16, 16) == CL_SUCCESS);
  clReleaseKernel(kernel);
  clReleaseMemObject(buffer);
}

static void buffers_in_full(Place *place) {
  launch_with(place, "add", 64);
  EXPECT(launch(place, place->kernel, 1024, 16) == CL_SUCCESS);
}

static void kernel_leaves_buffer(Place *place) { launch(place, place->kernel, 1040, 16); }

static void kernel_begins_before_buffer(Place *place) { launch_with(place, "before", 4096); }

static void kernel_writes_next_to_buffer(Place *place) { launch_with(place, "add", 40); }

static void kernel_writes_before_buffer(Place *place) { launch_with(place, "before", 64); }

const Case launchCases[] = {
  {"group_does_not_divide", group_does_not_divide},
  {"group_too_large", group_too_large},
  {"items_beyond_32_bits", items_beyond_32_bits},
  {"groups_beyond_16_bits", groups_beyond_16_bits},
  {"local_memory_in_full", local_memory_in_full},
  {"local_memory_too_large", local_memory_too_large},
  {"limits", limits},
  {"false_gpu", false_gpu},
  {"buffers_in_full", buffers_in_full},
  {"kernel_leaves_buffer", kernel_leaves_buffer},
  {"kernel_begins_before_buffer", kernel_begins_before_buffer},
  {"kernel_writes_next_to_buffer", kernel_writes_next_to_buffer},
  {"kernel_writes_before_buffer", kernel_writes_before_buffer},
  {NULL, NULL}};
