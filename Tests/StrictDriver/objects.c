// Handles: which are alive, who holds them, what was left at the end.
#include "strict.h"

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

/// Address space, of which only what is used takes memory.
static const size_t arenaBytes = (size_t)16 << 30;

static Object *arena;
static atomic_size_t used;
static atomic_ulong numbers[KINDS];
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static const char *const kindNames[KINDS] = {
  "context", "queue", "buffer", "program", "kernel", "event"};
static const cl_int kindErrors[KINDS] = {
  CL_INVALID_CONTEXT, CL_INVALID_COMMAND_QUEUE, CL_INVALID_MEM_OBJECT, CL_INVALID_PROGRAM,
  CL_INVALID_KERNEL, CL_INVALID_EVENT};

void lock(void) { pthread_mutex_lock(&mutex); }
void unlock(void) { pthread_mutex_unlock(&mutex); }

static void make_arena(void) {
  void *memory = mmap(
      NULL, arenaBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) {
    perror("strict driver: no address space for handles");
    abort();
  }
  arena = memory;
}

Object *make_object(Kind kind, Object *context, void *real, void *details) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, make_arena);
  const size_t index = atomic_fetch_add(&used, 1);
  if (index >= arenaBytes / sizeof(Object)) {
    fputs("strict driver: no handles are left\n", stderr);
    abort();
  }
  Object *object = &arena[index];
  object->real = real;
  object->context = context;
  object->details = details;
  object->kind = kind;
  object->number = atomic_fetch_add(&numbers[kind], 1) + 1;
  atomic_store(&object->references, 1);
  return object;
}

bool is_object(const void *handle) {
  const uintptr_t start = (uintptr_t)arena, address = (uintptr_t)handle;
  if (!start || address < start) return false;
  const size_t offset = address - start;
  return offset % sizeof(Object) == 0 && offset / sizeof(Object) < atomic_load(&used);
}

const char *describe(const Object *object) {
  static _Thread_local char texts[4][160];
  static _Thread_local unsigned turn;
  char *text = texts[turn++ % 4];
  const size_t size = sizeof texts[0];
  switch (object->kind) {
  case BUFFER: describe_buffer(object, text, size); break;
  case KERNEL: describe_kernel(object, text, size); break;
  case EVENT: describe_event(object, text, size); break;
  default: snprintf(text, size, "%s %lu", kindNames[object->kind], object->number);
  }
  return text;
}

/// Says where an object was released and where it is used now, the first time that it is asked for.
static void note_release(Object *object) {
  Trace *released = atomic_exchange(&object->released, NULL);
  if (!released) return;
  note_trace("the last release came from", released);
  note_trace("the use comes from", make_trace());
}

cl_int need(const Call *call, const void *handle, Kind kind, Object **out) {
  *out = NULL;
  const cl_int error = kindErrors[kind];
  if (!is_object(handle)) {
    violation(call, error, "%p is no %s", handle, kindNames[kind]);
    return error;
  }
  Object *object = (Object *)handle;
  if (object->kind != kind) {
    violation(call, error, "%s is given for a %s", describe(object), kindNames[kind]);
    return error;
  }
  if (atomic_load(&object->references) <= 0) {
    violation(call, error, "%s is used after its release", describe(object));
    note_release(object);
    return error;
  }
  *out = object;
  if (object->context && atomic_load(&object->context->references) <= 0)
    return violation(
        call, CL_INVALID_CONTEXT, "%s is used after the release of its %s", describe(object),
        describe(object->context));
  return CL_SUCCESS;
}

cl_int retain(const Call *call, void *handle, Kind kind) {
  Object *object;
  const cl_int status = need(call, handle, kind, &object);
  if (status == CL_SUCCESS) atomic_fetch_add(&object->references, 1);
  return status;
}

static cl_int release(const Call *call, void *handle, Kind kind, Object **last) {
  const cl_int error = kindErrors[kind];
  if (!is_object(handle) || ((Object *)handle)->kind != kind) {
    Object *object;
    return need(call, handle, kind, &object);
  }
  Object *object = handle;
  const int before = atomic_fetch_sub(&object->references, 1);
  if (before <= 0) {
    atomic_store(&object->references, 0);
    violation(call, error, "%s is released once too often", describe(object));
    return error;
  }
  if (before > 1) return CL_SUCCESS;
  *last = object;
  if (kind == CONTEXT || kind == QUEUE) atomic_store(&object->released, make_trace());
  // It is released all the same: nobody could do so later.
  if (object->context && atomic_load(&object->context->references) <= 0)
    return violation(
        call, CL_INVALID_CONTEXT, "%s is released after its %s", describe(object),
        describe(object->context));
  return CL_SUCCESS;
}

cl_int begin_release(Call *call, void *handle, Kind kind, Object **last) {
  *last = NULL;
  const cl_int status = begin(call, NULL);
  if (status == CL_SUCCESS) return release(call, handle, kind, last);
  // Where a release is made to fail, the program has still done its part.
  if (is_object(handle) && ((Object *)handle)->kind == kind)
    atomic_fetch_sub(&((Object *)handle)->references, 1);
  return status;
}

void report_leaks(void) {
  enum { MOST_NAMED = 4 };
  for (int kind = 0; kind < KINDS; kind++) {
    size_t alive = 0, length = 0;
    char named[600] = "";
    const size_t count = atomic_load(&used);
    for (size_t i = 0; i < count; i++) {
      const Object *object = &arena[i];
      if ((int)object->kind != kind || atomic_load(&object->references) <= 0) continue;
      if (alive++ < MOST_NAMED)
        length += (size_t)snprintf(
            named + length, sizeof named - length, "%s%s", alive > 1 ? ", " : "",
            describe(object));
    }
    if (alive)
      violation(
          NULL, CL_SUCCESS, "%zu %s%s never released: %s%s", alive, kindNames[kind],
          alive > 1 ? "s were" : " was", named, alive > MOST_NAMED ? ", ..." : "");
  }
}

cl_int answer(const void *value, size_t size, size_t room, void *value_out, size_t *size_out) {
  if (value_out && room < size) return CL_INVALID_VALUE;
  if (value_out) memcpy(value_out, value, size);
  if (size_out) *size_out = size;
  return CL_SUCCESS;
}
