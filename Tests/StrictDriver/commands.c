// What all commands of queues have in common.
#include "commands.h"

#include <stdlib.h>

cl_int open_events(
    const Call *call, cl_uint count, const cl_event *events, cl_event *opened, bool *isStuck) {
  if (count > MOST_WAITS || !count != !events)
    return violation(
        call, CL_INVALID_EVENT_WAIT_LIST, "a list of %u events is at %p, at most %d are possible",
        count, (const void *)events, MOST_WAITS);
  for (cl_uint i = 0; i < count; i++) {
    Object *event;
    const cl_int status = need(call, events[i], EVENT, &event);
    if (status) return status == CL_INVALID_EVENT ? CL_INVALID_EVENT_WAIT_LIST : status;
    opened[i] = event->real;
    if (!event->real) *isStuck = true;
  }
  return CL_SUCCESS;
}

cl_int begin_command(
    Command *command, Call *call, const char *subject, cl_command_queue queue, cl_uint count,
    const cl_event *waits, const cl_event *event) {
  command->queue = NULL;
  command->made = NULL;
  command->event = event ? &command->made : NULL;
  command->count = count;
  command->waits = count ? command->events : NULL;
  cl_int status = begin(call, subject);
  command->isStuck = is_stuck();
  if (!status) status = need(call, queue, QUEUE, &command->queue);
  if (!status) status = open_events(call, count, waits, command->events, &command->isStuck);
  return status;
}

cl_int end_command(const Command *command, Call *call, cl_int status, cl_event *event) {
  if (!status && event) {
    Event *details = malloc(sizeof *details);
    *details = (Event){.queue = command->queue, .call = call->name};
    *event = (cl_event)make_object(EVENT, command->queue->context, command->made, details);
  }
  return end(call, status);
}
