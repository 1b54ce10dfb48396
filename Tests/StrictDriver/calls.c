// What every call passes: counters, faults and delays that were asked for, lost devices.
#include "settings.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

_Thread_local int driver_depth;
_Thread_local const void *call_origin;

static atomic_ulong total;
static _Atomic(Call *) calls;
static atomic_bool stuck;

/// After which call the program knows that the device is lost.
static _Atomic(const char *) lostCall;
static atomic_int lostStatus;
static atomic_bool isDropped;
/// Whether a fault was found in this thread's call.
static _Thread_local bool isRefused;

Function find_function(const char *name) {
  void *address = dlsym(RTLD_NEXT, name);
  if (!address) {
    // Programs that load OpenCL late do not have it among their libraries.
    void *loader = dlopen("libOpenCL.so.1", RTLD_NOW | RTLD_LOCAL);
    address = loader ? dlsym(loader, name) : NULL;
  }
  if (!address) {
    fprintf(stderr, "strict driver: %s: neither loader nor driver has it\n", name);
    abort();
  }
  Function function;
  memcpy(&function, &address, sizeof function);
  return function;
}

static bool starts(const char *text, const char *start) {
  return !strncmp(text, start, strlen(start));
}

/// Whether programs look at the status: nobody does in a release, and queries may have defaults.
static bool is_checked(const Call *call) {
  return !starts(call->name, "clRelease") && !starts(call->name, "clGet");
}

/// Whether the call is to run something, or waits for that.
static bool is_command(const Call *call) {
  return starts(call->name, "clEnqueue") || starts(call->name, "clWait")
    || !strcmp(call->name, "clFinish") || !strcmp(call->name, "clFlush");
}

/// Whether a command's status says that no other command will ever run.
static bool is_fatal(cl_int status) {
  return status == CL_OUT_OF_RESOURCES || status == CL_INVALID_COMMAND_QUEUE
    || status == CL_EXEC_STATUS_ERROR_FOR_EVENTS_IN_WAIT_LIST || status == CL_DEVICE_NOT_AVAILABLE
    || status == -9999;
}

static void list(Call *call) {
  if (atomic_exchange(&call->isListed, true)) return;
  call->next = atomic_load(&calls);
  while (!atomic_compare_exchange_weak(&calls, &call->next, call)) {}
}

void for_each_call(void (*body)(const Call *call)) {
  for (const Call *call = atomic_load(&calls); call; call = call->next) body(call);
}

bool is_stuck(void) { return atomic_load(&stuck); }

void wait_forever(void) {
  for (;;) nanosleep(&(struct timespec){.tv_sec = 3600}, NULL);
}

bool is_device_lost(void) { return atomic_load(&lostCall) || atomic_load(&isDropped); }

static void delay(const Call *call, long milliseconds) {
  if (milliseconds >= 0) {
    const struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    nanosleep(&time, NULL);
  } else if (starts(call->name, "clEnqueue")) {
    atomic_store(&stuck, true);
  } else {
    wait_forever();
  }
}

/// Whether CLBlast cleans up while it hands an error on, which no program can keep it from.
static bool is_clean_up(const Call *call) {
  Dl_info place;
  if (!starts(call->name, "clRelease") || !dladdr(call_origin, &place) || !place.dli_fname)
    return false;
  const char *slash = strrchr(place.dli_fname, '/');
  return starts(slash ? slash + 1 : place.dli_fname, "libclblast");
}

/// The status of a call to a lost device.
static cl_int call_lost_device(const Call *call, const char *after) {
  const cl_int status = atomic_load(&lostStatus);
  violation(
      call, status, "called after %s had failed with %d; the device is lost, drivers crash here",
      after, status);
  if (settings()->abortsWhenLost) abort();
  return status;
}

cl_int begin(Call *call, const char *subject) {
  const Settings *wanted = settings();
  isRefused = false;
  const unsigned long number = atomic_fetch_add(&call->count, 1) + 1;
  const unsigned long position = atomic_fetch_add(&total, 1) + 1;
  if (number == 1) list(call);
  const char *after = atomic_load(&lostCall);
  if (after) return is_clean_up(call) ? CL_SUCCESS : call_lost_device(call, after);
  if (wanted->lostFrom && position >= wanted->lostFrom) {
    atomic_store(&isDropped, true);
    return wanted->lostStatus;
  }
  if (wanted->delays.count) {
    const Rule *rule = find_rule(&wanted->delays, call->name, subject, number, position);
    if (rule) delay(call, rule->value);
  }
  if (!wanted->failures.count) return CL_SUCCESS;
  const Rule *rule = find_rule(&wanted->failures, call->name, subject, number, position);
  return rule ? (cl_int)rule->value : CL_SUCCESS;
}

void note_refusal(void) { isRefused = true; }

cl_int end(Call *call, cl_int status) {
  // What is refused here has done no harm to the device.
  const bool wasRefused = isRefused;
  isRefused = false;
  if (wasRefused) return status;
  const bool isLost = atomic_load(&isDropped) ? is_checked(call) : is_command(call);
  if (status != CL_SUCCESS && isLost && (atomic_load(&isDropped) || is_fatal(status))) {
    const char *none = NULL;
    atomic_store(&lostStatus, status);
    atomic_compare_exchange_strong(&lostCall, &none, call->name);
  }
  return status;
}

void *end_creation(Call *call, cl_int status, void *object, cl_int *status_out) {
  end(call, status);
  if (status_out) *status_out = status;
  return status == CL_SUCCESS ? object : NULL;
}
