// Kernels: made, released, asked.
#include "objects.h"
#include "settings.h"

#include <stdio.h>
#include <stdlib.h>

void describe_kernel(const Object *object, char *text, size_t size) {
  const Kernel *kernel = object->details;
  snprintf(text, size, "kernel %s (%lu)", kernel->signature->name, object->number);
}

EXPORTED cl_kernel clCreateKernel(cl_program program, const char *name, cl_int *status_out) {
  STRICT_CALL(clCreateKernel);
  if (driver_depth) return real(program, name, status_out);
  cl_int status = begin(&call, name);
  Object *own = NULL;
  cl_kernel made = NULL;
  if (!status) status = need(&call, program, PROGRAM, &own);
  if (!status) made = DRIVER(real(own->real, name, &status));
  if (status) return end_creation(&call, status, NULL, status_out);
  Kernel *details = calloc(1, sizeof *details);
  details->signature = signature_of(own, made, name);
  details->program = own;
  details->arguments = calloc(details->signature->count + 1, sizeof(Argument));
  atomic_flag_clear(&details->isBusy);
  return end_creation(&call, status, make_object(KERNEL, own->context, made, details), status_out);
}

EXPORTED cl_int clRetainKernel(cl_kernel kernel) {
  STRICT_CALL(clRetainKernel);
  if (driver_depth) return real(kernel);
  const cl_int status = begin(&call, NULL);
  return end(&call, status ? status : retain(&call, kernel, KERNEL));
}

EXPORTED cl_int clReleaseKernel(cl_kernel kernel) {
  STRICT_CALL(clReleaseKernel);
  if (driver_depth) return real(kernel);
  Object *last;
  cl_int status = begin_release(&call, kernel, KERNEL, &last);
  if (last) {
    Kernel *details = last->details;
    free(details->arguments);
    details->arguments = NULL;
    if (!is_stuck()) DRIVER(real(last->real));
  }
  return end(&call, status);
}

EXPORTED cl_int clGetKernelInfo(
    cl_kernel kernel, cl_kernel_info what, size_t room, void *value, size_t *size) {
  STRICT_CALL(clGetKernelInfo);
  if (driver_depth) return real(kernel, what, room, value, size);
  cl_int status = begin(&call, NULL);
  Object *own = NULL;
  if (!status) status = need(&call, kernel, KERNEL, &own);
  if (status) return end(&call, status);
  const Kernel *details = own->details;
  if (what == CL_KERNEL_CONTEXT)
    return answer(&own->context, sizeof own->context, room, value, size);
  if (what == CL_KERNEL_PROGRAM)
    return answer(&details->program, sizeof details->program, room, value, size);
  return end(&call, DRIVER(real(own->real, what, room, value, size)));
}

EXPORTED cl_int clGetKernelArgInfo(
    cl_kernel kernel, cl_uint index, cl_kernel_arg_info what, size_t room, void *value,
    size_t *size) {
  STRICT_CALL(clGetKernelArgInfo);
  if (driver_depth) return real(kernel, index, what, room, value, size);
  cl_int status = begin(&call, NULL);
  Object *own = NULL;
  if (!status) status = need(&call, kernel, KERNEL, &own);
  if (!status) status = DRIVER(real(own->real, index, what, room, value, size));
  return end(&call, status);
}

EXPORTED cl_int clGetKernelWorkGroupInfo(
    cl_kernel kernel, cl_device_id device, cl_kernel_work_group_info what, size_t room,
    void *value, size_t *size) {
  STRICT_CALL(clGetKernelWorkGroupInfo);
  if (driver_depth) return real(kernel, device, what, room, value, size);
  cl_int status = begin(&call, NULL);
  Object *own = NULL;
  if (!status) status = need(&call, kernel, KERNEL, &own);
  if (!status) status = DRIVER(real(own->real, device, what, room, value, size));
  if (!status && value && what == CL_KERNEL_WORK_GROUP_SIZE) {
    size_t *group = value;
    if (*group > settings()->group) *group = settings()->group;
  }
  return end(&call, status);
}
