// Launches: sizes, groups, local memory, arguments.
#include "commands.h"
#include "settings.h"

#include <stdint.h>

/// What an `int` or `uint` of a kernel can count.
static const uint64_t mostItems = UINT32_MAX;

static cl_int check_arguments(const Call *call, const Object *kernel, const Object *queue) {
  const Kernel *details = kernel->details;
  if (kernel->context != queue->context)
    return violation(
        call, CL_INVALID_CONTEXT, "%s and %s have different contexts", describe(kernel),
        describe(queue));
  for (cl_uint i = 0; i < details->signature->count; i++) {
    const Argument *argument = &details->arguments[i];
    const Parameter *parameter = &details->signature->parameters[i];
    if (!argument->isSet)
      return violation(
          call, CL_INVALID_KERNEL_ARGS, "argument %u '%s' of %s was never set", i,
          parameter->name ? parameter->name : "", describe(kernel));
    if (argument->buffer && atomic_load(&argument->buffer->references) <= 0)
      return violation(
          call, CL_INVALID_KERNEL_ARGS, "argument %u '%s' of %s is %s, which was released", i,
          parameter->name ? parameter->name : "", describe(kernel), describe(argument->buffer));
  }
  return CL_SUCCESS;
}

static cl_int check_local_memory(const Call *call, const Object *kernel) {
  const Kernel *details = kernel->details;
  const Settings *wanted = settings();
  size_t arguments = 0;
  for (cl_uint i = 0; i < details->signature->count; i++)
    if (details->signature->parameters[i].space == LOCAL_MEMORY)
      // Drivers begin each one at a multiple of its widest access.
      arguments += (details->arguments[i].size + 15) / 16 * 16;
  const size_t total = details->signature->localMemory + arguments + wanted->localShare;
  if (total <= wanted->localMemory) return CL_SUCCESS;
  return violation(
      call, CL_OUT_OF_RESOURCES,
      "%s needs %zu bytes of local memory (%zu its own, %zu as arguments, %zu of the driver), "
      "there are %zu",
      describe(kernel), total, details->signature->localMemory, arguments, wanted->localShare,
      wanted->localMemory);
}

static cl_int check_group(
    const Call *call, const Object *kernel, cl_uint dimensions, const size_t *global,
    const size_t *local) {
  const Settings *wanted = settings();
  size_t items = 1;
  for (cl_uint i = 0; i < dimensions; i++) {
    if (!local[i] || global[i] % local[i])
      return violation(
          call, CL_INVALID_WORK_GROUP_SIZE,
          "%s: %zu work-items in dimension %u are no multiple of a group's %zu", describe(kernel),
          global[i], i, local[i]);
    if (i && global[i] / local[i] > wanted->groups)
      return violation(
          call, CL_INVALID_GLOBAL_WORK_SIZE, "%s: %zu groups in dimension %u are more than %zu",
          describe(kernel), global[i] / local[i], i, wanted->groups);
    items *= local[i];
  }
  if (items <= wanted->group) return CL_SUCCESS;
  return violation(
      call, CL_INVALID_WORK_GROUP_SIZE, "%s: %zu work-items are more than a group's %zu",
      describe(kernel), items, wanted->group);
}

static cl_int check_sizes(
    const Call *call, const Object *kernel, cl_uint dimensions, const size_t *offset,
    const size_t *global, const size_t *local) {
  if (dimensions < 1 || dimensions > 3 || !global)
    return violation(
        call, CL_INVALID_WORK_DIMENSION, "%s: %u dimensions", describe(kernel), dimensions);
  uint64_t items = 1;
  for (cl_uint i = 0; i < dimensions; i++) {
    const uint64_t start = offset ? offset[i] : 0;
    if (!global[i])
      return violation(
          call, CL_INVALID_GLOBAL_WORK_SIZE, "%s: no work-items in dimension %u",
          describe(kernel), i);
    if (global[i] > mostItems || start > mostItems - global[i] || items > mostItems / global[i])
      return violation(
          call, CL_INVALID_GLOBAL_WORK_SIZE,
          "%s: %zu work-items from %llu in dimension %u, after %llu in the dimensions before, are "
          "more than 32 bits count",
          describe(kernel), global[i], (unsigned long long)start, i, (unsigned long long)items);
    items *= global[i];
  }
  return local ? check_group(call, kernel, dimensions, global, local) : CL_SUCCESS;
}

static cl_int check_launch(
    const Call *call, const Object *kernel, const Object *queue, cl_uint dimensions,
    const size_t *offset, const size_t *global, const size_t *local) {
  cl_int status = check_sizes(call, kernel, dimensions, offset, global, local);
  if (!status) status = check_arguments(call, kernel, queue);
  if (!status) status = check_local_memory(call, kernel);
  return status;
}

EXPORTED cl_int clEnqueueNDRangeKernel(
    cl_command_queue queue, cl_kernel kernel, cl_uint dimensions, const size_t *offset,
    const size_t *global, const size_t *local, cl_uint count, const cl_event *waits,
    cl_event *event) {
  STRICT_CALL(clEnqueueNDRangeKernel);
  if (driver_depth)
    return real(queue, kernel, dimensions, offset, global, local, count, waits, event);
  Object *own = is_object(kernel) ? (Object *)kernel : NULL;
  const bool isKernel = own && own->kind == KERNEL;
  const char *name = isKernel ? ((const Kernel *)own->details)->signature->name : NULL;
  Command command;
  cl_int status = begin_command(&command, &call, name, queue, count, waits, event);
  if (!status) status = need(&call, kernel, KERNEL, &own);
  if (status) return end(&call, status);
  Kernel *details = own->details;
  if (atomic_flag_test_and_set(&details->isBusy))
    status = violation(
        &call, CL_INVALID_OPERATION, "%s is used by two threads at a time", describe(own));
  if (!status)
    status = check_launch(&call, own, command.queue, dimensions, offset, global, local);
  if (settings()->fences) note_running(own);
  if (!status && !command.isStuck)
    status = DRIVER(real(
        command.queue->real, own->real, dimensions, offset, global, local, command.count,
        command.waits, command.event));
  if (settings()->fences) {
    // So that it is known which kernel runs.
    if (!status && !command.isStuck) status = DRIVER(clFinish(command.queue->real));
    note_running(NULL);
  }
  if (!status) atomic_fetch_add(&details->signature->launches, 1);
  atomic_flag_clear(&details->isBusy);
  return end_command(&command, &call, status, event);
}
