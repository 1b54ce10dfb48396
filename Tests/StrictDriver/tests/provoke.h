// What the programs' faults need: a device, a queue, kernels.
#pragma once

#define CL_TARGET_OPENCL_VERSION 120
#define CL_USE_DEPRECATED_OPENCL_1_2_APIS
#include <CL/cl.h>
#include <stdbool.h>
#include <stddef.h>

/// A device with all that a launch needs. `kernel` is `add`, with its arguments set.
typedef struct {
  cl_device_id device;
  cl_context context;
  cl_command_queue queue;
  cl_program program;
  cl_kernel kernel;
  /// Of 4096 bytes.
  cl_mem buffer;
} Place;

/// One way to go wrong, or none.
typedef struct {
  const char *name;
  void (*body)(Place *place);
} Case;

extern const Case lifetimeCases[], partCases[], argumentCases[], launchCases[], faultCases[];

/// Ends the program with code 1 and the place where something was not as expected.
#define EXPECT(condition) expect(condition, #condition, __FILE__, __LINE__)
void expect(bool holds, const char *condition, const char *file, int line);

cl_kernel make_kernel(Place *place, const char *name);
cl_mem make_buffer(Place *place, size_t size);
cl_mem make_part(cl_mem buffer, size_t origin, size_t size, cl_int *status);
/// Launches in one dimension and waits; the launch's status.
cl_int launch(Place *place, cl_kernel kernel, size_t global, size_t local);
