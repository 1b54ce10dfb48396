// Reads the settings from the environment.
#include "settings.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static Settings current;
static atomic_bool isRead;

static const char *text(const char *name) {
  const char *value = getenv(name);
  return value && *value ? value : NULL;
}

static size_t number(const char *name, size_t usual) {
  const char *value = text(name);
  if (!value) return usual;
  char *rest;
  const unsigned long long result = strtoull(value, &rest, 10);
  if (*rest || *value == '-') wrong_setting(name, value, "a whole number");
  return result;
}

/// The place of the value in `words`; 0, the usual one, without a value.
static int choice(const char *name, const char *const words[]) {
  const char *value = text(name);
  if (!value) return 0;
  char wanted[100] = "";
  for (int i = 0; words[i]; i++) {
    if (!strcmp(words[i], value)) return i;
    if (i) strcat(wanted, " or ");
    strcat(wanted, words[i]);
  }
  wrong_setting(name, value, wanted);
}

static void read_lost(void) {
  const char *value = text("STRICT_DROP");
  current.lostStatus = CL_INVALID_COMMAND_QUEUE;
  if (!value) return;
  char *rest;
  current.lostFrom = strtoul(value, &rest, 10);
  if (*rest == ':') current.lostStatus = (cl_int)strtol(rest + 1, &rest, 10);
  if (*rest || !current.lostFrom || current.lostStatus >= 0)
    wrong_setting("STRICT_DROP", value, "NUMBER or NUMBER:STATUS, such as 100:-9999");
}

static void read_settings(void) {
  static const cl_device_type types[] = {
    0, CL_DEVICE_TYPE_CPU, CL_DEVICE_TYPE_GPU, CL_DEVICE_TYPE_ACCELERATOR};
  current.log = text("STRICT_LOG");
  current.refuses = !choice("STRICT_MODE", (const char *const[]){"refuse", "report", NULL});
  current.exitCode = (int)number("STRICT_EXIT_CODE", 97);
  current.localMemory = number("STRICT_LOCAL_MEMORY", 32768);
  current.localShare = number("STRICT_LOCAL_SHARE", 0);
  current.group = number("STRICT_GROUP", 256);
  current.groups = number("STRICT_GROUPS", 65535);
  current.alignment = number("STRICT_ALIGNMENT", 512);
  current.poisons = !choice("STRICT_POISON", (const char *const[]){"1", "0", NULL});
  current.fences = choice("STRICT_FENCES", (const char *const[]){"0", "1", NULL});
  current.type = types[choice(
      "STRICT_TYPE", (const char *const[]){"real", "cpu", "gpu", "accelerator", NULL})];
  current.name = text("STRICT_NAME");
  current.vendor = text("STRICT_VENDOR");
  current.platform = text("STRICT_PLATFORM");
  current.programs = text("STRICT_PROGRAMS");
  current.keepers = text("STRICT_KEEPERS");
  current.counts = choice("STRICT_COUNTS", (const char *const[]){"0", "1", NULL});
  current.abortsWhenLost =
      choice("STRICT_WHEN_LOST", (const char *const[]){"report", "abort", NULL});
  read_rules(
      "STRICT_FAIL", "CALL:NUMBER:STATUS with commas between several, such as clFinish:3+:-5",
      false, &current.failures);
  read_rules(
      "STRICT_DELAY", "CALL:NUMBER:MILLISECONDS or CALL:NUMBER:forever, with commas between",
      true, &current.delays);
  read_lost();
  atomic_store(&isRead, true);
}

const Settings *settings(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, read_settings);
  return &current;
}

bool has_settings(void) { return atomic_load(&isRead); }
