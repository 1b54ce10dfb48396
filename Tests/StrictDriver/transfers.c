// Commands that move bytes: read, write, copy, fill.
#include "commands.h"

static cl_int check_range(
    const Call *call, const Command *command, cl_mem handle, size_t offset, size_t size,
    Object **buffer) {
  const cl_int status = need(call, handle, BUFFER, buffer);
  if (status) return status;
  const Buffer *details = (*buffer)->details;
  if ((*buffer)->context != command->queue->context)
    return violation(
        call, CL_INVALID_CONTEXT, "%s and %s have different contexts", describe(*buffer),
        describe(command->queue));
  if (!size || offset > details->size || size > details->size - offset)
    return violation(
        call, CL_INVALID_VALUE, "%zu bytes from %zu are no part of %s", size, offset,
        describe(*buffer));
  return CL_SUCCESS;
}

static cl_int check_host(const Call *call, const Object *buffer, const void *host) {
  return host ? CL_SUCCESS
              : violation(call, CL_INVALID_VALUE, "no host memory for %s", describe(buffer));
}

EXPORTED cl_int clEnqueueReadBuffer(
    cl_command_queue queue, cl_mem buffer, cl_bool waits, size_t offset, size_t size, void *host,
    cl_uint count, const cl_event *events, cl_event *event) {
  STRICT_CALL(clEnqueueReadBuffer);
  if (driver_depth) return real(queue, buffer, waits, offset, size, host, count, events, event);
  Command command;
  Object *own = NULL;
  cl_int status = begin_command(&command, &call, NULL, queue, count, events, event);
  if (!status) status = check_range(&call, &command, buffer, offset, size, &own);
  if (!status) status = check_host(&call, own, host);
  if (!status && command.isStuck && waits) wait_forever();
  if (!status && !command.isStuck)
    status = DRIVER(real(
        command.queue->real, own->real, waits, offset, size, host, command.count, command.waits,
        command.event));
  return end_command(&command, &call, status, event);
}

EXPORTED cl_int clEnqueueWriteBuffer(
    cl_command_queue queue, cl_mem buffer, cl_bool waits, size_t offset, size_t size,
    const void *host, cl_uint count, const cl_event *events, cl_event *event) {
  STRICT_CALL(clEnqueueWriteBuffer);
  if (driver_depth) return real(queue, buffer, waits, offset, size, host, count, events, event);
  Command command;
  Object *own = NULL;
  cl_int status = begin_command(&command, &call, NULL, queue, count, events, event);
  if (!status) status = check_range(&call, &command, buffer, offset, size, &own);
  if (!status) status = check_host(&call, own, host);
  if (!status && command.isStuck && waits) wait_forever();
  if (!status && !command.isStuck)
    status = DRIVER(real(
        command.queue->real, own->real, waits, offset, size, host, command.count, command.waits,
        command.event));
  return end_command(&command, &call, status, event);
}

/// Where a buffer begins in the memory that it is a part of.
static size_t origin(const Object *buffer, const Object **whole) {
  const Buffer *details = buffer->details;
  *whole = details->whole ? details->whole : buffer;
  return details->whole ? details->origin : 0;
}

static cl_int check_copy(
    const Call *call, const Object *from, size_t fromOffset, const Object *to, size_t toOffset,
    size_t size) {
  const Object *fromWhole, *toWhole;
  const size_t fromStart = origin(from, &fromWhole) + fromOffset;
  const size_t toStart = origin(to, &toWhole) + toOffset;
  if (fromWhole != toWhole || fromStart + size <= toStart || toStart + size <= fromStart)
    return CL_SUCCESS;
  return violation(
      call, CL_MEM_COPY_OVERLAP, "%zu bytes from %zu and to %zu of %s overlap", size, fromStart,
      toStart, describe(fromWhole));
}

EXPORTED cl_int clEnqueueCopyBuffer(
    cl_command_queue queue, cl_mem from, cl_mem to, size_t fromOffset, size_t toOffset,
    size_t size, cl_uint count, const cl_event *events, cl_event *event) {
  STRICT_CALL(clEnqueueCopyBuffer);
  if (driver_depth)
    return real(queue, from, to, fromOffset, toOffset, size, count, events, event);
  Command command;
  Object *source = NULL, *target = NULL;
  cl_int status = begin_command(&command, &call, NULL, queue, count, events, event);
  if (!status) status = check_range(&call, &command, from, fromOffset, size, &source);
  if (!status) status = check_range(&call, &command, to, toOffset, size, &target);
  if (!status) status = check_copy(&call, source, fromOffset, target, toOffset, size);
  if (!status && !command.isStuck)
    status = DRIVER(real(
        command.queue->real, source->real, target->real, fromOffset, toOffset, size,
        command.count, command.waits, command.event));
  return end_command(&command, &call, status, event);
}

static cl_int check_pattern(
    const Call *call, const Object *buffer, const void *pattern, size_t unit, size_t offset,
    size_t size) {
  const bool isUnit = unit && unit <= 128 && !(unit & (unit - 1));
  if (pattern && isUnit && offset % unit == 0 && size % unit == 0) return CL_SUCCESS;
  return violation(
      call, CL_INVALID_VALUE,
      "%zu bytes from %zu of %s are not filled by a pattern of %zu bytes at %p", size, offset,
      describe(buffer), unit, pattern);
}

EXPORTED cl_int clEnqueueFillBuffer(
    cl_command_queue queue, cl_mem buffer, const void *pattern, size_t unit, size_t offset,
    size_t size, cl_uint count, const cl_event *events, cl_event *event) {
  STRICT_CALL(clEnqueueFillBuffer);
  if (driver_depth)
    return real(queue, buffer, pattern, unit, offset, size, count, events, event);
  Command command;
  Object *own = NULL;
  cl_int status = begin_command(&command, &call, NULL, queue, count, events, event);
  if (!status) status = check_range(&call, &command, buffer, offset, size, &own);
  if (!status) status = check_pattern(&call, own, pattern, unit, offset, size);
  if (!status && !command.isStuck)
    status = DRIVER(real(
        command.queue->real, own->real, pattern, unit, offset, size, command.count, command.waits,
        command.event));
  return end_command(&command, &call, status, event);
}
