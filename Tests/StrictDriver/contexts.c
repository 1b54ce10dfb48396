// Contexts and queues.
#include "objects.h"
#include "settings.h"

#include <stdlib.h>

EXPORTED cl_context clCreateContext(
    const cl_context_properties *properties, cl_uint count, const cl_device_id *devices,
    void(CL_CALLBACK *notify)(const char *, const void *, size_t, void *), void *user,
    cl_int *status_out) {
  STRICT_CALL(clCreateContext);
  if (driver_depth) return real(properties, count, devices, notify, user, status_out);
  cl_int status = begin(&call, NULL);
  cl_context made = NULL;
  if (!status) made = DRIVER(real(properties, count, devices, notify, user, &status));
  if (status) return end_creation(&call, status, NULL, status_out);
  Context *details = calloc(1, sizeof *details);
  if (settings()->poisons) {
    cl_int ignored;
    details->filler = DRIVER(clCreateCommandQueue(made, devices[0], 0, &ignored));
  }
  return end_creation(
      &call, status, make_object(CONTEXT, NULL, made, details), status_out);
}

EXPORTED cl_int clRetainContext(cl_context context) {
  STRICT_CALL(clRetainContext);
  if (driver_depth) return real(context);
  const cl_int status = begin(&call, NULL);
  return end(&call, status ? status : retain(&call, context, CONTEXT));
}

EXPORTED cl_int clReleaseContext(cl_context context) {
  STRICT_CALL(clReleaseContext);
  if (driver_depth) return real(context);
  Object *last;
  cl_int status = begin_release(&call, context, CONTEXT, &last);
  if (last) {
    Context *details = last->details;
    if (details->filler) DRIVER(clReleaseCommandQueue(details->filler));
    DRIVER(real(last->real));
  }
  return end(&call, status);
}

EXPORTED cl_int clGetContextInfo(
    cl_context context, cl_context_info what, size_t room, void *value, size_t *size) {
  STRICT_CALL(clGetContextInfo);
  if (driver_depth) return real(context, what, room, value, size);
  cl_int status = begin(&call, NULL);
  Object *own = NULL;
  if (!status) status = need(&call, context, CONTEXT, &own);
  if (!status) status = DRIVER(real(own->real, what, room, value, size));
  return end(&call, status);
}

EXPORTED cl_command_queue clCreateCommandQueue(
    cl_context context, cl_device_id device, cl_command_queue_properties properties,
    cl_int *status_out) {
  STRICT_CALL(clCreateCommandQueue);
  if (driver_depth) return real(context, device, properties, status_out);
  cl_int status = begin(&call, NULL);
  Object *own = NULL;
  cl_command_queue made = NULL;
  if (!status) status = need(&call, context, CONTEXT, &own);
  if (!status) made = DRIVER(real(own->real, device, properties, &status));
  Object *object = status ? NULL : make_object(QUEUE, own, made, NULL);
  return end_creation(&call, status, object, status_out);
}

EXPORTED cl_command_queue clCreateCommandQueueWithProperties(
    cl_context context, cl_device_id device, const cl_queue_properties *properties,
    cl_int *status_out) {
  STRICT_CALL(clCreateCommandQueueWithProperties);
  if (driver_depth) return real(context, device, properties, status_out);
  cl_int status = begin(&call, NULL);
  Object *own = NULL;
  cl_command_queue made = NULL;
  if (!status) status = need(&call, context, CONTEXT, &own);
  if (!status) made = DRIVER(real(own->real, device, properties, &status));
  Object *object = status ? NULL : make_object(QUEUE, own, made, NULL);
  return end_creation(&call, status, object, status_out);
}

EXPORTED cl_int clRetainCommandQueue(cl_command_queue queue) {
  STRICT_CALL(clRetainCommandQueue);
  if (driver_depth) return real(queue);
  const cl_int status = begin(&call, NULL);
  return end(&call, status ? status : retain(&call, queue, QUEUE));
}

EXPORTED cl_int clReleaseCommandQueue(cl_command_queue queue) {
  STRICT_CALL(clReleaseCommandQueue);
  if (driver_depth) return real(queue);
  Object *last;
  cl_int status = begin_release(&call, queue, QUEUE, &last);
  // A driver that waits for a queue's commands would never come back.
  if (last && !is_stuck()) DRIVER(real(last->real));
  return end(&call, status);
}

EXPORTED cl_int clGetCommandQueueInfo(
    cl_command_queue queue, cl_command_queue_info what, size_t room, void *value, size_t *size) {
  STRICT_CALL(clGetCommandQueueInfo);
  if (driver_depth) return real(queue, what, room, value, size);
  cl_int status = begin(&call, NULL);
  Object *own = NULL;
  if (!status) status = need(&call, queue, QUEUE, &own);
  if (status) return end(&call, status);
  if (what == CL_QUEUE_CONTEXT)
    return answer(&own->context, sizeof own->context, room, value, size);
  return end(&call, DRIVER(real(own->real, what, room, value, size)));
}
