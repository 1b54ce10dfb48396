// What all commands of queues have in common: the queue, events to wait for, the own event.
#pragma once

#include "objects.h"

enum { MOST_WAITS = 256 };

typedef struct {
  Object *queue;
  cl_uint count;
  cl_event events[MOST_WAITS];
  const cl_event *waits;
  /// For the driver; null where the program wants no event.
  cl_event *event;
  cl_event made;
  /// Whether an earlier command, or this one, never ends.
  bool isStuck;
} Command;

/// Begins a call that enqueues: its queue and what it waits for.
cl_int begin_command(
    Command *command, Call *call, const char *subject, cl_command_queue queue, cl_uint count,
    const cl_event *waits, const cl_event *event);

/// Hands the event out.
cl_int end_command(const Command *command, Call *call, cl_int status, cl_event *event);

/// Looks events up for the driver. Sets `*isStuck` where one never comes.
cl_int open_events(
    const Call *call, cl_uint count, const cl_event *events, cl_event *opened, bool *isStuck);
