// What all parts of the strict driver share: objects, calls, reports.
#pragma once

#define CL_TARGET_OPENCL_VERSION 300
#define CL_USE_DEPRECATED_OPENCL_1_0_APIS
#define CL_USE_DEPRECATED_OPENCL_1_1_APIS
#define CL_USE_DEPRECATED_OPENCL_1_2_APIS
#define CL_USE_DEPRECATED_OPENCL_2_0_APIS
#include <CL/cl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define EXPORTED __attribute__((visibility("default")))

// ---------------------------------------------------------------- calls

/// A function of OpenCL, and how often the program has called it.
typedef struct Call Call;
struct Call {
  const char *name;
  atomic_ulong count;
  atomic_bool isListed;
  Call *next;
};

/// How deep this thread is in the driver, whose own calls are nobody's business.
extern _Thread_local int driver_depth;

/// Where this thread's call came from.
extern _Thread_local const void *call_origin;

/// The next definition of a function, the driver's or the loader's.
typedef void (*Function)(void);
Function find_function(const char *name);

/// Finds the real function and passes calls on that the driver itself makes.
#define STRICT_CALL(function) \
  static __typeof__(&function) real; \
  static Call call = {.name = #function}; \
  if (!real) real = (__typeof__(&function))find_function(#function); \
  if (!driver_depth) call_origin = __builtin_return_address(0)

/// Calls the driver.
#define DRIVER(expression) \
  __extension__({ \
    driver_depth++; \
    __typeof__(expression) result_ = (expression); \
    driver_depth--; \
    result_; \
  })

/// Begins a call: counts it, delays it, and returns the status that it must fail with, if any.
///
/// `subject` is the kernel's name where there is one.
cl_int begin(Call *call, const char *subject);

/// Ends a call: notes a status after which the device is lost. Returns `status`.
cl_int end(Call *call, cl_int status);

/// Ends a call that hands its status out through a pointer.
void *end_creation(Call *call, cl_int status, void *object, cl_int *status_out);

/// Whether a command has been enqueued that never ends.
bool is_stuck(void);
/// Waits for such a command.
_Noreturn void wait_forever(void);

/// Whether the program has been told that the device is lost.
bool is_device_lost(void);

/// Calls `body` for each function that was called.
void for_each_call(void (*body)(const Call *call));

// ---------------------------------------------------------------- reports

/// Reports a fault of the program. Returns the status to refuse it with, or success where faults
/// are only reported.
cl_int violation(const Call *call, cl_int status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/// Says that the call that this thread is in is refused for a fault, not for the device's sake.
void note_refusal(void);

/// Writes a line that is no fault.
void note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/// The addresses that a thread would return to.
typedef struct Trace Trace;
/// The addresses of this thread.
Trace *make_trace(void);
/// Writes a line with the addresses, as files and offsets for `addr2line`.
void note_trace(const char *title, const Trace *trace);

/// Says that a setting is wrong, and ends the process.
_Noreturn void wrong_setting(const char *name, const char *value, const char *wanted);

/// Ends the process with the code for faults, if there were any.
void end_process_with_faults(void);

// ---------------------------------------------------------------- objects

typedef enum { CONTEXT, QUEUE, BUFFER, PROGRAM, KERNEL, EVENT } Kind;
enum { KINDS = EVENT + 1 };

/// What programs get as handle. Its memory is never used again, so that each later use is seen.
typedef struct Object Object;
struct Object {
  /// Where loaders look for a driver's functions.
  const void *dispatch;
  /// The driver's handle; null for an event that never ends.
  void *real;
  /// The context; null for a context.
  Object *context;
  /// What its kind adds.
  void *details;
  /// Among its kind, counted from 1.
  unsigned long number;
  /// Those of the program. At 0 the object is released.
  atomic_int references;
  /// Where the program made the last release; null for objects other than contexts and queues.
  _Atomic(Trace *) released;
  Kind kind;
};

/// Makes an object with one reference; the driver's own errors come through.
Object *make_object(Kind kind, Object *context, void *real, void *details);

/// Finds the object of a handle; reports one that there is not, or no more.
cl_int need(const Call *call, const void *handle, Kind kind, Object **object);

/// Whether a pointer is a handle of ours, of whichever kind and age.
bool is_object(const void *handle);

cl_int retain(const Call *call, void *handle, Kind kind);
/// Begins a call that releases, and takes one reference. `*last` becomes the object when that was
/// the last one, and else null.
cl_int begin_release(Call *call, void *handle, Kind kind, Object **last);

/// Such as `buffer 5 (1024 bytes)`; valid until this thread has asked four times more.
const char *describe(const Object *object);
/// A text for `describe`, by the kinds that have one.
void describe_buffer(const Object *object, char *text, size_t size);
void describe_kernel(const Object *object, char *text, size_t size);
void describe_event(const Object *object, char *text, size_t size);

/// Reports what is alive.
void report_leaks(void);

/// Answers a query by OpenCL's rules for sizes.
cl_int answer(
    const void *value, size_t size, size_t room, void *value_out, size_t *size_out);

/// Guards whatever several threads may change.
void lock(void);
void unlock(void);
