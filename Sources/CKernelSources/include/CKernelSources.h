#pragma once
#include <stddef.h>

/// A file of the top-level `Kernels` folder, which is embedded when the package is built: its path
/// in the folder, and its text, which ends with a zero byte.
typedef struct {
  const char *_Nonnull path;
  const char *_Nonnull text;
} kernel_source;

/// The number of files.
extern const size_t kernel_source_count;
/// Writes all files to `sources`, which has room for `kernel_source_count`.
void kernel_sources(kernel_source *_Nonnull sources);
