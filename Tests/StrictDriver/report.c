// Lines for people, and the process's exit code.
#include "settings.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

/// More lines of a kind help nobody.
enum { MOST_LINES = 40, MOST_KINDS = 100 };

/// Faults of one kind, which is that of their text.
typedef struct {
  const char *format;
  unsigned long count;
} FaultKind;

static FaultKind kinds[MOST_KINDS];
static pthread_mutex_t kindsMutex = PTHREAD_MUTEX_INITIALIZER;
static atomic_ulong violations, hidden;
static atomic_int process;

/// Counts a fault; whether it is one of the first of its kind.
static bool is_worth_a_line(const char *format) {
  atomic_fetch_add(&violations, 1);
  pthread_mutex_lock(&kindsMutex);
  size_t i = 0;
  while (i + 1 < MOST_KINDS && kinds[i].format && kinds[i].format != format) i++;
  kinds[i].format = format;
  const bool isEarly = ++kinds[i].count <= MOST_LINES;
  pthread_mutex_unlock(&kindsMutex);
  if (!isEarly) atomic_fetch_add(&hidden, 1);
  return isEarly;
}

static int log_file(void) {
  static int file = -1;
  if (file >= 0) return file;
  const char *path = settings()->log;
  int opened = STDERR_FILENO;
  if (path) {
    opened = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
    if (opened < 0) wrong_setting("STRICT_LOG", path, "a file that can be written");
  }
  return file = opened;
}

/// Writes a line by one call, so that the lines of several processes stay whole.
static void write_line(const char *start, const char *format, va_list arguments) {
  const int savedError = errno;
  char line[1000];
  int length = 0;
  // Several processes share a file.
  if (settings()->log)
    length = snprintf(line, 100, "%.60s %d: ", program_invocation_short_name, getpid());
  length += snprintf(line + length, 200, "strict driver: %s", start);
  length += vsnprintf(line + length, sizeof line - (size_t)length - 1, format, arguments);
  if (length > (int)sizeof line - 2) length = sizeof line - 2;
  line[length++] = '\n';
  if (write(log_file(), line, (size_t)length) < 0) abort();
  errno = savedError;
}

cl_int violation(const Call *call, cl_int status, const char *format, ...) {
  atomic_store(&process, getpid());
  note_refusal();
  if (is_worth_a_line(format)) {
    char start[120];
    snprintf(start, sizeof start, "%s: ", call ? call->name : "exit");
    va_list arguments;
    va_start(arguments, format);
    write_line(start, format, arguments);
    va_end(arguments);
  }
  return settings()->refuses ? status : CL_SUCCESS;
}

void note(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  write_line("", format, arguments);
  va_end(arguments);
}

void wrong_setting(const char *name, const char *value, const char *wanted) {
  fprintf(stderr, "strict driver: %s is '%s', not %s\n", name, value, wanted);
  syscall(SYS_exit_group, 98);
  abort();
}

void end_process_with_faults(void) {
  const unsigned long count = atomic_load(&violations);
  // A child that has not become another program yet is not the process that failed.
  if (!count || atomic_load(&process) != getpid()) return;
  const unsigned long more = atomic_load(&hidden);
  if (more) note("exit: %lu more faults of the kinds above", more);
  if (!settings()->exitCode) return;
  fflush(NULL);
  syscall(SYS_exit_group, settings()->exitCode);
}

/// For functions that have no definition of their own.
int report_unsupported(const char *name);
int report_unsupported(const char *name) {
  const Call call = {.name = name};
  violation(&call, CL_INVALID_OPERATION, "the strict driver does not have this function");
  return CL_INVALID_OPERATION;
}
