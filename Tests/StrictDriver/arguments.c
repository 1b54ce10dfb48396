// Arguments of kernels: their sizes and what they point to.
#include "objects.h"

#include <stdio.h>

/// Such as `argument 3 'scratch' of kernel fill (2)`.
static const char *describe_argument(const Object *kernel, cl_uint index) {
  static _Thread_local char text[300];
  const Parameter *parameter = &((const Kernel *)kernel->details)->signature->parameters[index];
  const char *name = parameter->name ? parameter->name : "";
  const char *type = parameter->type ? parameter->type : "";
  snprintf(
      text, sizeof text, "argument %u '%.60s' of type '%.60s' of %s", index, name, type,
      describe(kernel));
  return text;
}

static cl_int check_buffer(
    const Call *call, const Object *kernel, cl_uint index, size_t size, const void *value,
    Object **buffer) {
  if (size != sizeof(cl_mem))
    return violation(
        call, CL_INVALID_ARG_SIZE, "%s is a buffer and given %zu bytes",
        describe_argument(kernel, index), size);
  const void *handle = NULL;
  if (value) memcpy(&handle, value, sizeof handle);
  if (!handle) return CL_SUCCESS;
  const cl_int status = need(call, handle, BUFFER, buffer);
  if (status || (*buffer)->context == kernel->context) return status;
  return violation(
      call, CL_INVALID_MEM_OBJECT, "%s is given %s of another context",
      describe_argument(kernel, index), describe(*buffer));
}

static cl_int check_local(
    const Call *call, const Object *kernel, cl_uint index, size_t size, const void *value,
    size_t unit) {
  if (value)
    return violation(
        call, CL_INVALID_ARG_VALUE, "%s is local memory and given a value",
        describe_argument(kernel, index));
  if (!size)
    return violation(
        call, CL_INVALID_ARG_SIZE, "%s is given no bytes", describe_argument(kernel, index));
  if (unit && size % unit)
    return violation(
        call, CL_INVALID_ARG_SIZE, "%s is given %zu bytes, no multiple of %zu",
        describe_argument(kernel, index), size, unit);
  return CL_SUCCESS;
}

static cl_int check_value(
    const Call *call, const Object *kernel, cl_uint index, size_t size, const void *value,
    size_t wanted) {
  const Argument *before = &((const Kernel *)kernel->details)->arguments[index];
  if (!value)
    return violation(
        call, CL_INVALID_ARG_VALUE, "%s is given no value", describe_argument(kernel, index));
  if (wanted && size != wanted)
    return violation(
        call, CL_INVALID_ARG_SIZE, "%s is given %zu bytes, not %zu",
        describe_argument(kernel, index), size, wanted);
  if (before->isSet && before->size != size)
    return violation(
        call, CL_INVALID_ARG_SIZE, "%s is given %zu bytes, and was given %zu before",
        describe_argument(kernel, index), size, before->size);
  return CL_SUCCESS;
}

/// Where an argument is, for drivers that do not tell: a handle of ours is no number.
static Space guess_space(size_t size, const void *value) {
  if (!value) return LOCAL_MEMORY;
  void *handle;
  if (size != sizeof handle) return VALUE;
  memcpy(&handle, value, sizeof handle);
  return is_object(handle) ? GLOBAL_MEMORY : VALUE;
}

static cl_int set_argument(
    const Call *call, Object *kernel, cl_uint index, size_t size, const void *value,
    Argument *argument) {
  const Kernel *details = kernel->details;
  if (index >= details->signature->count)
    return violation(
        call, CL_INVALID_ARG_INDEX, "%s has %u arguments and no number %u", describe(kernel),
        details->signature->count, index);
  const Parameter *parameter = &details->signature->parameters[index];
  *argument = (Argument){.isSet = true, .size = size};
  const Space space = parameter->space ? parameter->space : guess_space(size, value);
  switch (space) {
  case GLOBAL_MEMORY: return check_buffer(call, kernel, index, size, value, &argument->buffer);
  case LOCAL_MEMORY: return check_local(call, kernel, index, size, value, parameter->size);
  default: return check_value(call, kernel, index, size, value, parameter->size);
  }
}

EXPORTED cl_int clSetKernelArg(cl_kernel kernel, cl_uint index, size_t size, const void *value) {
  STRICT_CALL(clSetKernelArg);
  if (driver_depth) return real(kernel, index, size, value);
  Object *own = is_object(kernel) ? (Object *)kernel : NULL;
  const bool isKernel = own && own->kind == KERNEL;
  cl_int status =
    begin(&call, isKernel ? ((const Kernel *)own->details)->signature->name : NULL);
  if (!status) status = need(&call, kernel, KERNEL, &own);
  if (status) return end(&call, status);
  Kernel *details = own->details;
  if (atomic_flag_test_and_set(&details->isBusy)) {
    status = violation(
        &call, CL_INVALID_OPERATION, "%s is used by two threads at a time", describe(own));
    if (status) return end(&call, status);
  }
  Argument argument;
  status = set_argument(&call, own, index, size, value, &argument);
  if (!status && index < details->signature->count) {
    const void *handle = argument.buffer ? &argument.buffer->real : value;
    status = DRIVER(real(own->real, index, size, handle));
    if (!status) details->arguments[index] = argument;
  }
  atomic_flag_clear(&details->isBusy);
  return end(&call, status);
}
