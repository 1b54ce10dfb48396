// Buffers and their parts.
#include "objects.h"
#include "settings.h"

#include <stdio.h>
#include <stdlib.h>

void describe_buffer(const Object *object, char *text, size_t size) {
  const Buffer *buffer = object->details;
  if (buffer->whole)
    snprintf(
        text, size, "buffer %lu (bytes %zu to %zu of buffer %lu)", object->number,
        buffer->origin, buffer->origin + buffer->size, buffer->whole->number);
  else
    snprintf(text, size, "buffer %lu (%zu bytes)", object->number, buffer->size);
}

cl_int poison(Object *context, cl_mem memory, size_t size) {
  unsigned char nan[128];
  memset(nan, 0xff, sizeof nan);
  cl_command_queue queue = ((Context *)context->details)->filler;
  if (!queue || is_stuck()) return CL_SUCCESS;
  size_t unit = sizeof nan;
  while (size % unit) unit /= 2;
  cl_int status =
    DRIVER(clEnqueueFillBuffer(queue, memory, nan, unit, 0, size, 0, NULL, NULL));
  return status ? status : DRIVER(clFinish(queue));
}

EXPORTED cl_mem clCreateBuffer(
    cl_context context, cl_mem_flags flags, size_t size, void *host, cl_int *status_out) {
  STRICT_CALL(clCreateBuffer);
  if (driver_depth) return real(context, flags, size, host, status_out);
  cl_int status = begin(&call, NULL);
  Object *own = NULL;
  cl_mem made = NULL;
  if (!status) status = need(&call, context, CONTEXT, &own);
  if (status) return end_creation(&call, status, NULL, status_out);
  Fence *fence = NULL;
  void *memory = host;
  if (settings()->fences && !host && size && !(flags & CL_MEM_ALLOC_HOST_PTR)) {
    memory = make_fence(size, &fence);
    flags |= CL_MEM_USE_HOST_PTR;
  }
  made = DRIVER(real(own->real, flags, size, memory, &status));
  if (!status && !host && settings()->poisons) {
    status = poison(own, made, size);
    if (status) DRIVER(clReleaseMemObject(made));
  }
  if (status) {
    if (fence) drop_fence(fence);
    return end_creation(&call, status, NULL, status_out);
  }
  Buffer *details = calloc(1, sizeof *details);
  details->size = size;
  Object *object = make_object(BUFFER, own, made, details);
  if (fence) keep_fence(fence, made, object);
  return end_creation(&call, status, object, status_out);
}

/// The newest living part of a buffer that shares memory with a region; null where there is none.
static const Object *overlapping_part(const Object *whole, size_t origin, size_t size) {
  const Object *part = ((const Buffer *)whole->details)->parts;
  while (part) {
    const Buffer *other = part->details;
    if (origin < other->origin + other->size && other->origin < origin + size) return part;
    part = other->next;
  }
  return NULL;
}

static cl_int check_overlap(const Call *call, const Object *whole, cl_buffer_region region) {
  cl_int status = CL_SUCCESS;
  lock();
  const Object *part = overlapping_part(whole, region.origin, region.size);
  if (part)
    status = violation(
        call, CL_INVALID_VALUE, "bytes %zu to %zu of %s overlap with %s", region.origin,
        region.origin + region.size, describe(whole), describe(part));
  unlock();
  return status;
}

/// Reports a buffer that is released while others need it: its parts, or a part that was made later
/// of the same memory, where NVIDIA's driver crashes.
static cl_int check_order(const Call *call, const Object *buffer) {
  cl_int status = CL_SUCCESS;
  const Buffer *details = buffer->details;
  lock();
  if (details->parts)
    status = violation(
        call, CL_INVALID_MEM_OBJECT, "%s is released before its part %s", describe(buffer),
        describe(details->parts));
  const Object *later =
    details->whole ? overlapping_part(details->whole, details->origin, details->size) : NULL;
  if (later && later != buffer)
    status = violation(
        call, CL_INVALID_MEM_OBJECT, "%s is released before %s, which overlaps with it",
        describe(buffer), describe(later));
  unlock();
  return status;
}

static cl_int check_part(
    const Call *call, const Object *whole, cl_buffer_create_type type, const void *info) {
  const Buffer *buffer = whole->details;
  if (buffer->whole)
    return violation(
        call, CL_INVALID_MEM_OBJECT, "%s is itself a part and has none", describe(whole));
  if (type != CL_BUFFER_CREATE_TYPE_REGION || !info)
    return violation(call, CL_INVALID_VALUE, "no region is given");
  const cl_buffer_region region = *(const cl_buffer_region *)info;
  if (!region.size || region.origin > buffer->size || region.size > buffer->size - region.origin)
    return violation(
        call, region.size ? CL_INVALID_VALUE : CL_INVALID_BUFFER_SIZE,
        "%zu bytes from %zu are no part of %s", region.size, region.origin, describe(whole));
  if (region.origin % settings()->alignment) {
    const cl_int status = violation(
        call, CL_MISALIGNED_SUB_BUFFER_OFFSET, "the origin %zu in %s is no multiple of %zu bytes",
        region.origin, describe(whole), settings()->alignment);
    if (status) return status;
  }
  return check_overlap(call, whole, region);
}

EXPORTED cl_mem clCreateSubBuffer(
    cl_mem buffer, cl_mem_flags flags, cl_buffer_create_type type, const void *info,
    cl_int *status_out) {
  STRICT_CALL(clCreateSubBuffer);
  if (driver_depth) return real(buffer, flags, type, info, status_out);
  cl_int status = begin(&call, NULL);
  Object *whole = NULL;
  cl_mem made = NULL;
  if (!status) status = need(&call, buffer, BUFFER, &whole);
  if (!status) status = check_part(&call, whole, type, info);
  if (!status) made = DRIVER(real(whole->real, flags, type, info, &status));
  if (status) return end_creation(&call, status, NULL, status_out);
  const cl_buffer_region region = *(const cl_buffer_region *)info;
  Buffer *details = calloc(1, sizeof *details);
  *details = (Buffer){.size = region.size, .whole = whole, .origin = region.origin};
  Object *part = make_object(BUFFER, whole->context, made, details);
  Buffer *wholeDetails = whole->details;
  lock();
  details->next = wholeDetails->parts;
  wholeDetails->parts = part;
  unlock();
  return end_creation(&call, status, part, status_out);
}

/// Takes a part from the list of its whole.
static void forget_part(Object *part) {
  const Buffer *details = part->details;
  if (!details->whole) return;
  lock();
  Object **at = &((Buffer *)details->whole->details)->parts;
  while (*at && *at != part) at = &((Buffer *)(*at)->details)->next;
  if (*at) *at = details->next;
  unlock();
}

EXPORTED cl_int clRetainMemObject(cl_mem buffer) {
  STRICT_CALL(clRetainMemObject);
  if (driver_depth) return real(buffer);
  const cl_int status = begin(&call, NULL);
  return end(&call, status ? status : retain(&call, buffer, BUFFER));
}

EXPORTED cl_int clReleaseMemObject(cl_mem buffer) {
  STRICT_CALL(clReleaseMemObject);
  if (driver_depth) return real(buffer);
  Object *last;
  cl_int status = begin_release(&call, buffer, BUFFER, &last);
  if (!last) return end(&call, status);
  const cl_int order = check_order(&call, last);
  if (!status) status = order;
  forget_part(last);
  if (!is_stuck()) DRIVER(real(last->real));
  return end(&call, status);
}

EXPORTED cl_int clGetMemObjectInfo(
    cl_mem buffer, cl_mem_info what, size_t room, void *value, size_t *size) {
  STRICT_CALL(clGetMemObjectInfo);
  if (driver_depth) return real(buffer, what, room, value, size);
  cl_int status = begin(&call, NULL);
  Object *own = NULL;
  if (!status) status = need(&call, buffer, BUFFER, &own);
  if (status) return end(&call, status);
  if (what == CL_MEM_CONTEXT) return answer(&own->context, sizeof own->context, room, value, size);
  if (what == CL_MEM_ASSOCIATED_MEMOBJECT) {
    const Buffer *details = own->details;
    return answer(&details->whole, sizeof details->whole, room, value, size);
  }
  return end(&call, DRIVER(real(own->real, what, room, value, size)));
}
