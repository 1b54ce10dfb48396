// The end of the process: what is alive then, and its code.
#include "objects.h"
#include "settings.h"

#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

/// Whether this program may keep objects to its end.
static bool is_keeper(void) {
  const char *keepers = settings()->keepers;
  const size_t length = strlen(program_invocation_short_name);
  for (const char *at = keepers; at && *at;) {
    const size_t part = strcspn(at, ",");
    if (part == length && !strncmp(at, program_invocation_short_name, part)) return true;
    at += part + (at[part] == ',');
  }
  return false;
}

static void write_count(const Call *call) {
  note("count: %s %lu", call->name, atomic_load(&call->count));
}

static void finish(void *unused) {
  (void)unused;
  if (!has_settings()) return;
  if (settings()->counts) {
    for_each_call(write_count);
    write_launch_counts();
  }
  // After a fatal error a program must not touch the driver, so everything is alive.
  if (!is_device_lost() && !is_stuck() && !is_keeper()) report_leaks();
  end_process_with_faults();
}

int __cxa_atexit(void (*function)(void *), void *argument, void *library);

// Registered before the dynamic linker's own end and for no library, this runs after the destructors
// of all libraries: CLBlast releases what it keeps in one.
__attribute__((constructor)) static void at_start(void) { __cxa_atexit(finish, NULL, NULL); }

// Ends past what is registered above. Objects are then left on purpose.
static _Noreturn void end_at_once(int code) {
  end_process_with_faults();
  for (;;) syscall(SYS_exit_group, code);
}

EXPORTED _Noreturn void _exit(int code) { end_at_once(code); }
EXPORTED _Noreturn void _Exit(int code) { end_at_once(code); }
