// Saves each distinct program with its options, for compilers of other devices.
#include "objects.h"
#include "settings.h"

#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

static uint64_t hash(uint64_t value, const char *text) {
  for (; *text; text++) value = (value ^ (unsigned char)*text) * 0x100000001b3;
  return value;
}

/// Writes a file whole or not at all, as others may write the same one.
static void write_file(const char *path, const char *text) {
  if (access(path, F_OK) == 0) return;
  char temporary[600];
  snprintf(temporary, sizeof temporary, "%s.%d", path, getpid());
  FILE *file = fopen(temporary, "w");
  bool isWhole = file && fputs(text, file) >= 0;
  if (file && fclose(file)) isWhole = false;
  if (!isWhole || rename(temporary, path))
    wrong_setting("STRICT_PROGRAMS", settings()->programs, "a folder that can be written");
}

void save_program(const char *source, const char *options) {
  const char *folder = settings()->programs;
  if (!folder) return;
  const uint64_t name = hash(hash(hash(0xcbf29ce484222325, source), "\n"), options);
  char path[500];
  lock();
  snprintf(path, sizeof path, "%.400s/%016llx.cl", folder, (unsigned long long)name);
  write_file(path, source);
  snprintf(path, sizeof path, "%.400s/%016llx.options", folder, (unsigned long long)name);
  write_file(path, options);
  unlock();
}
