// Queues that are waited for, flushed, or marked.
#include "commands.h"

EXPORTED cl_int clFinish(cl_command_queue queue) {
  STRICT_CALL(clFinish);
  if (driver_depth) return real(queue);
  cl_int status = begin(&call, NULL);
  Object *own = NULL;
  if (!status) status = need(&call, queue, QUEUE, &own);
  if (!status && is_stuck()) wait_forever();
  if (!status) status = DRIVER(real(own->real));
  return end(&call, status);
}

EXPORTED cl_int clFlush(cl_command_queue queue) {
  STRICT_CALL(clFlush);
  if (driver_depth) return real(queue);
  cl_int status = begin(&call, NULL);
  Object *own = NULL;
  if (!status) status = need(&call, queue, QUEUE, &own);
  if (!status && !is_stuck()) status = DRIVER(real(own->real));
  return end(&call, status);
}

EXPORTED cl_int clWaitForEvents(cl_uint count, const cl_event *events) {
  STRICT_CALL(clWaitForEvents);
  if (driver_depth) return real(count, events);
  cl_event opened[MOST_WAITS];
  bool isStuck = false;
  cl_int status = begin(&call, NULL);
  if (!status) status = open_events(&call, count, events, opened, &isStuck);
  if (!status && isStuck) wait_forever();
  if (!status) status = DRIVER(real(count, opened));
  return end(&call, status);
}

EXPORTED cl_int clEnqueueMarkerWithWaitList(
    cl_command_queue queue, cl_uint count, const cl_event *waits, cl_event *event) {
  STRICT_CALL(clEnqueueMarkerWithWaitList);
  if (driver_depth) return real(queue, count, waits, event);
  Command command;
  cl_int status = begin_command(&command, &call, NULL, queue, count, waits, event);
  if (!status && !command.isStuck)
    status = DRIVER(real(command.queue->real, command.count, command.waits, command.event));
  return end_command(&command, &call, status, event);
}

EXPORTED cl_int clEnqueueBarrierWithWaitList(
    cl_command_queue queue, cl_uint count, const cl_event *waits, cl_event *event) {
  STRICT_CALL(clEnqueueBarrierWithWaitList);
  if (driver_depth) return real(queue, count, waits, event);
  Command command;
  cl_int status = begin_command(&command, &call, NULL, queue, count, waits, event);
  if (!status && !command.isStuck)
    status = DRIVER(real(command.queue->real, command.count, command.waits, command.event));
  return end_command(&command, &call, status, event);
}
