// Events.
#include "objects.h"

#include <stdio.h>
#include <stdlib.h>

void describe_event(const Object *object, char *text, size_t size) {
  const Event *event = object->details;
  snprintf(text, size, "event %lu of %s", object->number, event->call);
}

EXPORTED cl_int clRetainEvent(cl_event event) {
  STRICT_CALL(clRetainEvent);
  if (driver_depth) return real(event);
  const cl_int status = begin(&call, NULL);
  return end(&call, status ? status : retain(&call, event, EVENT));
}

EXPORTED cl_int clReleaseEvent(cl_event event) {
  STRICT_CALL(clReleaseEvent);
  if (driver_depth) return real(event);
  Object *last;
  cl_int status = begin_release(&call, event, EVENT, &last);
  if (last && last->real) DRIVER(real(last->real));
  return end(&call, status);
}

EXPORTED cl_event clCreateUserEvent(cl_context context, cl_int *status_out) {
  STRICT_CALL(clCreateUserEvent);
  if (driver_depth) return real(context, status_out);
  cl_int status = begin(&call, NULL);
  Object *own = NULL;
  cl_event made = NULL;
  if (!status) status = need(&call, context, CONTEXT, &own);
  if (!status) made = DRIVER(real(own->real, &status));
  if (status) return end_creation(&call, status, NULL, status_out);
  Event *details = calloc(1, sizeof *details);
  details->call = call.name;
  return end_creation(&call, status, make_object(EVENT, own, made, details), status_out);
}

EXPORTED cl_int clSetUserEventStatus(cl_event event, cl_int value) {
  STRICT_CALL(clSetUserEventStatus);
  if (driver_depth) return real(event, value);
  cl_int status = begin(&call, NULL);
  Object *own = NULL;
  if (!status) status = need(&call, event, EVENT, &own);
  if (!status) status = DRIVER(real(own->real, value));
  return end(&call, status);
}

EXPORTED cl_int clGetEventInfo(
    cl_event event, cl_event_info what, size_t room, void *value, size_t *size) {
  STRICT_CALL(clGetEventInfo);
  if (driver_depth) return real(event, what, room, value, size);
  cl_int status = begin(&call, NULL);
  Object *own = NULL;
  if (!status) status = need(&call, event, EVENT, &own);
  if (status) return end(&call, status);
  const Event *details = own->details;
  if (what == CL_EVENT_CONTEXT)
    return answer(&own->context, sizeof own->context, room, value, size);
  if (what == CL_EVENT_COMMAND_QUEUE)
    return answer(&details->queue, sizeof details->queue, room, value, size);
  if (!own->real && what == CL_EVENT_COMMAND_EXECUTION_STATUS) {
    const cl_int running = CL_RUNNING;
    return answer(&running, sizeof running, room, value, size);
  }
  if (!own->real) return CL_INVALID_VALUE;
  return end(&call, DRIVER(real(own->real, what, room, value, size)));
}

EXPORTED cl_int clGetEventProfilingInfo(
    cl_event event, cl_profiling_info what, size_t room, void *value, size_t *size) {
  STRICT_CALL(clGetEventProfilingInfo);
  if (driver_depth) return real(event, what, room, value, size);
  cl_int status = begin(&call, NULL);
  Object *own = NULL;
  if (!status) status = need(&call, event, EVENT, &own);
  if (!status && !own->real) status = CL_PROFILING_INFO_NOT_AVAILABLE;
  if (!status) status = DRIVER(real(own->real, what, room, value, size));
  return end(&call, status);
}

/// An event's callback with the program's own handle.
typedef struct {
  void(CL_CALLBACK *notify)(cl_event, cl_int, void *);
  void *user;
  Object *event;
} Notification;

static void CL_CALLBACK notify_event(cl_event made, cl_int status, void *user) {
  (void)made;
  const Notification notification = *(Notification *)user;
  free(user);
  // The program's own code, although a thread of the driver may run it.
  const int depth = driver_depth;
  driver_depth = 0;
  notification.notify((cl_event)notification.event, status, notification.user);
  driver_depth = depth;
}

EXPORTED cl_int clSetEventCallback(
    cl_event event, cl_int type, void(CL_CALLBACK *notify)(cl_event, cl_int, void *),
    void *user) {
  STRICT_CALL(clSetEventCallback);
  if (driver_depth) return real(event, type, notify, user);
  cl_int status = begin(&call, NULL);
  Object *own = NULL;
  if (!status) status = need(&call, event, EVENT, &own);
  if (!status && !notify)
    status = violation(&call, CL_INVALID_VALUE, "no function for %s", describe(own));
  // Without a driver's event nothing ever comes.
  if (status || !own->real || !notify) return end(&call, status);
  Notification *notification = malloc(sizeof *notification);
  *notification = (Notification){notify, user, own};
  status = DRIVER(real(own->real, type, notify_event, notification));
  if (status) free(notification);
  return end(&call, status);
}
