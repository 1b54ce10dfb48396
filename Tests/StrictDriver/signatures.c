// What kernels take, as the driver tells it.
#include "objects.h"

#include <stdio.h>
#include <stdlib.h>

/// A text that the driver tells of an argument; null where it does not.
static char *argument_text(cl_kernel kernel, cl_uint index, cl_kernel_arg_info what) {
  size_t size = 0;
  if (DRIVER(clGetKernelArgInfo(kernel, index, what, 0, NULL, &size)) || !size) return NULL;
  char *text = calloc(1, size + 1);
  if (!DRIVER(clGetKernelArgInfo(kernel, index, what, size, text, NULL))) return text;
  free(text);
  return NULL;
}

/// A type without the `*` of a pointer to it.
static char *pointed_type(const char *type) {
  char *copy = strdup(type);
  size_t length = strlen(copy);
  while (length && (copy[length - 1] == '*' || copy[length - 1] == ' ')) copy[--length] = 0;
  return copy;
}

static Parameter read_parameter(cl_kernel kernel, cl_uint index, const char *source) {
  Parameter parameter = {.name = argument_text(kernel, index, CL_KERNEL_ARG_NAME)};
  parameter.type = argument_text(kernel, index, CL_KERNEL_ARG_TYPE_NAME);
  cl_kernel_arg_address_qualifier space = 0;
  if (DRIVER(clGetKernelArgInfo(
          kernel, index, CL_KERNEL_ARG_ADDRESS_QUALIFIER, sizeof space, &space, NULL)))
    return parameter;
  switch (space) {
  case CL_KERNEL_ARG_ADDRESS_GLOBAL:
  case CL_KERNEL_ARG_ADDRESS_CONSTANT: parameter.space = GLOBAL_MEMORY; break;
  case CL_KERNEL_ARG_ADDRESS_LOCAL: parameter.space = LOCAL_MEMORY; break;
  default: parameter.space = VALUE;
  }
  if (parameter.type) {
    char *type = pointed_type(parameter.type);
    parameter.size = size_of_type(type, source);
    free(type);
  }
  return parameter;
}

/// Bytes that the kernel itself has in local memory, asked before any argument is set.
static size_t own_local_memory(cl_kernel kernel) {
  cl_context context;
  cl_device_id device;
  cl_ulong bytes = 0;
  if (DRIVER(clGetKernelInfo(kernel, CL_KERNEL_CONTEXT, sizeof context, &context, NULL))
      || DRIVER(clGetContextInfo(context, CL_CONTEXT_DEVICES, sizeof device, &device, NULL)))
    return 0;
  DRIVER(clGetKernelWorkGroupInfo(
      kernel, device, CL_KERNEL_LOCAL_MEM_SIZE, sizeof bytes, &bytes, NULL));
  return bytes;
}

static Signature *read_signature(cl_kernel kernel, const char *name, const char *source) {
  Signature *signature = calloc(1, sizeof *signature);
  signature->name = strdup(name);
  DRIVER(clGetKernelInfo(
      kernel, CL_KERNEL_NUM_ARGS, sizeof signature->count, &signature->count, NULL));
  signature->parameters = calloc(signature->count + 1, sizeof(Parameter));
  for (cl_uint i = 0; i < signature->count; i++)
    signature->parameters[i] = read_parameter(kernel, i, source);
  signature->localMemory = own_local_memory(kernel);
  return signature;
}

/// Those of all programs, newest first.
static Signature *all;

/// Launches of the kernels of one name, in all programs from `first` on.
static unsigned long launches(const Signature *first) {
  unsigned long total = 0;
  for (const Signature *other = first; other; other = other->nextOfAll)
    if (!strcmp(other->name, first->name)) total += atomic_load(&other->launches);
  return total;
}

void write_launch_counts(void) {
  lock();
  for (const Signature *signature = all; signature; signature = signature->nextOfAll) {
    const Signature *newer = all;
    while (strcmp(newer->name, signature->name)) newer = newer->nextOfAll;
    const unsigned long count = launches(signature);
    if (newer == signature && count)
      note("count: clEnqueueNDRangeKernel(%s) %lu", signature->name, count);
  }
  unlock();
}

Signature *signature_of(Object *program, cl_kernel kernel, const char *name) {
  Program *details = program->details;
  lock();
  Signature *signature = details->signatures;
  while (signature && strcmp(signature->name, name)) signature = signature->next;
  if (!signature) {
    signature = read_signature(kernel, name, details->source);
    signature->next = details->signatures;
    details->signatures = signature;
    signature->nextOfAll = all;
    all = signature;
  }
  unlock();
  return signature;
}
