// Programs: built with what tells the types of arguments, and saved where that is asked for.
#include "objects.h"

#include <stdio.h>
#include <stdlib.h>

static Object *make_program(Object *context, cl_program made, char *source) {
  Program *details = calloc(1, sizeof *details);
  details->source = source;
  return make_object(PROGRAM, context, made, details);
}

/// The strings of a source as one.
static char *join(cl_uint count, const char **strings, const size_t *lengths) {
  size_t total = 0;
  for (cl_uint i = 0; i < count; i++)
    total += lengths && lengths[i] ? lengths[i] : strlen(strings[i]);
  char *joined = malloc(total + 1), *at = joined;
  for (cl_uint i = 0; i < count; i++) {
    const size_t length = lengths && lengths[i] ? lengths[i] : strlen(strings[i]);
    memcpy(at, strings[i], length);
    at += length;
  }
  *at = 0;
  return joined;
}

EXPORTED cl_program clCreateProgramWithSource(
    cl_context context, cl_uint count, const char **strings, const size_t *lengths,
    cl_int *status_out) {
  STRICT_CALL(clCreateProgramWithSource);
  if (driver_depth) return real(context, count, strings, lengths, status_out);
  cl_int status = begin(&call, NULL);
  Object *own = NULL;
  cl_program made = NULL;
  if (!status) status = need(&call, context, CONTEXT, &own);
  if (!status) made = DRIVER(real(own->real, count, strings, lengths, &status));
  Object *program = status ? NULL : make_program(own, made, join(count, strings, lengths));
  return end_creation(&call, status, program, status_out);
}

EXPORTED cl_program clCreateProgramWithBinary(
    cl_context context, cl_uint count, const cl_device_id *devices, const size_t *lengths,
    const unsigned char **binaries, cl_int *statuses, cl_int *status_out) {
  STRICT_CALL(clCreateProgramWithBinary);
  if (driver_depth) return real(context, count, devices, lengths, binaries, statuses, status_out);
  cl_int status = begin(&call, NULL);
  Object *own = NULL;
  cl_program made = NULL;
  if (!status) status = need(&call, context, CONTEXT, &own);
  if (!status)
    made = DRIVER(real(own->real, count, devices, lengths, binaries, statuses, &status));
  Object *program = status ? NULL : make_program(own, made, NULL);
  return end_creation(&call, status, program, status_out);
}

/// A build's callback with the program's own handle.
typedef struct {
  void(CL_CALLBACK *notify)(cl_program, void *);
  void *user;
  Object *program;
} Notification;

static void CL_CALLBACK notify_program(cl_program made, void *user) {
  (void)made;
  const Notification notification = *(Notification *)user;
  free(user);
  // The program's own code, although a thread of the driver may run it.
  const int depth = driver_depth;
  driver_depth = 0;
  notification.notify((cl_program)notification.program, notification.user);
  driver_depth = depth;
}

EXPORTED cl_int clBuildProgram(
    cl_program program, cl_uint count, const cl_device_id *devices, const char *options,
    void(CL_CALLBACK *notify)(cl_program, void *), void *user) {
  STRICT_CALL(clBuildProgram);
  if (driver_depth) return real(program, count, devices, options, notify, user);
  cl_int status = begin(&call, NULL);
  Object *own = NULL;
  if (!status) status = need(&call, program, PROGRAM, &own);
  if (status) return end(&call, status);
  const Program *details = own->details;
  char *all = NULL;
  if (details->source) {
    // So that the driver tells what arguments are.
    static const char added[] = " -cl-kernel-arg-info";
    const size_t size = (options ? strlen(options) : 0) + sizeof added;
    all = malloc(size);
    snprintf(all, size, "%s%s", options ? options : "", added);
  }
  Notification *notification = NULL;
  if (notify) {
    notification = malloc(sizeof *notification);
    *notification = (Notification){notify, user, own};
  }
  status = DRIVER(real(
      own->real, count, devices, all ? all : options, notify ? notify_program : NULL,
      notification));
  // Tests build broken ones on purpose.
  if (!status && details->source) save_program(details->source, options ? options : "");
  free(all);
  return end(&call, status);
}

EXPORTED cl_int clGetProgramBuildInfo(
    cl_program program, cl_device_id device, cl_program_build_info what, size_t room, void *value,
    size_t *size) {
  STRICT_CALL(clGetProgramBuildInfo);
  if (driver_depth) return real(program, device, what, room, value, size);
  cl_int status = begin(&call, NULL);
  Object *own = NULL;
  if (!status) status = need(&call, program, PROGRAM, &own);
  if (!status) status = DRIVER(real(own->real, device, what, room, value, size));
  return end(&call, status);
}

EXPORTED cl_int clGetProgramInfo(
    cl_program program, cl_program_info what, size_t room, void *value, size_t *size) {
  STRICT_CALL(clGetProgramInfo);
  if (driver_depth) return real(program, what, room, value, size);
  cl_int status = begin(&call, NULL);
  Object *own = NULL;
  if (!status) status = need(&call, program, PROGRAM, &own);
  if (status) return end(&call, status);
  if (what == CL_PROGRAM_CONTEXT)
    return answer(&own->context, sizeof own->context, room, value, size);
  return end(&call, DRIVER(real(own->real, what, room, value, size)));
}

EXPORTED cl_int clRetainProgram(cl_program program) {
  STRICT_CALL(clRetainProgram);
  if (driver_depth) return real(program);
  const cl_int status = begin(&call, NULL);
  return end(&call, status ? status : retain(&call, program, PROGRAM));
}

EXPORTED cl_int clReleaseProgram(cl_program program) {
  STRICT_CALL(clReleaseProgram);
  if (driver_depth) return real(program);
  Object *last;
  cl_int status = begin_release(&call, program, PROGRAM, &last);
  if (last) DRIVER(real(last->real));
  return end(&call, status);
}
