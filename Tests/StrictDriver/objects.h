// What each kind of object adds.
#pragma once

#include "strict.h"

/// A context's own queue, by which new buffers are filled.
typedef struct {
  cl_command_queue filler;
} Context;

typedef struct {
  size_t size;
  /// Null where the buffer is no part.
  Object *whole;
  size_t origin;
  /// Parts that live, and the next of the same whole.
  Object *parts, *next;
} Buffer;

/// What a kernel takes as one argument.
typedef enum { UNKNOWN_SPACE, GLOBAL_MEMORY, LOCAL_MEMORY, VALUE } Space;

typedef struct {
  char *name, *type;
  Space space;
  /// Bytes of a value, or of what a pointer points to; 0 where that is not known.
  size_t size;
} Parameter;

/// A kernel as its program declares it.
typedef struct Signature Signature;
struct Signature {
  char *name;
  cl_uint count;
  Parameter *parameters;
  /// Bytes of local memory without arguments.
  size_t localMemory;
  atomic_ulong launches;
  /// The next one of the same program, and of all programs.
  Signature *next, *nextOfAll;
};

typedef struct {
  /// Null for a program that was made from a binary.
  char *source;
  Signature *signatures;
} Program;

/// What an argument was set to.
typedef struct {
  bool isSet;
  size_t size;
  /// A buffer; null for others.
  Object *buffer;
} Argument;

typedef struct {
  Signature *signature;
  Object *program;
  Argument *arguments;
  /// Whether a thread is setting an argument or launching.
  atomic_flag isBusy;
} Kernel;

typedef struct {
  Object *queue;
  /// What made it, such as `clEnqueueNDRangeKernel`.
  const char *call;
} Event;

/// The kernel's parameters; asks the driver once for each program and name.
Signature *signature_of(Object *program, cl_kernel kernel, const char *name);

/// Says how often the kernels of each name were launched.
void write_launch_counts(void);

/// Bytes of an OpenCL C type, such as `float4` or a structure of `source`; 0 where not known.
size_t size_of_type(const char *type, const char *source);
/// Bytes of `struct` `name` in a source; 0 where its members are not plain numbers and vectors.
size_t size_of_structure(const char *name, const char *source);
/// Bytes of a number or vector; 0 for all else.
size_t size_of_number(const char *type);

/// Writes the program into the folder of STRICT_PROGRAMS.
void save_program(const char *source, const char *options);

/// Memory for a buffer that ends where nothing may be touched (fences.c).
typedef struct Fence Fence;
/// Makes memory with a fence; returns its start.
void *make_fence(size_t size, Fence **fence);
/// Lets the memory live as long as the driver's buffer.
void keep_fence(Fence *fence, cl_mem made, const Object *buffer);
/// Frees memory that no buffer was made of.
void drop_fence(Fence *fence);
/// Says which kernel runs from now on; null for none.
void note_running(const Object *kernel);

/// Fills a new buffer with NaN, and waits. Returns the driver's status.
cl_int poison(Object *context, cl_mem memory, size_t size);
