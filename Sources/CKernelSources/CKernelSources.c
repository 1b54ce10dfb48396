#include "CKernelSources.h"

#include <string.h>

// files.def is read twice, each time with another meaning of KERNEL.

// The files one after the other, each with a zero byte at its end.
#define KERNEL(path) #path suffix(, 0, )
static const char texts[] = {
#include "../../Kernels/files.def"
};
#undef KERNEL

// Of a file cut to nothing, its path is left.
#define KERNEL(path) #path limit(0) if_empty(#path, )
static const char *const paths[] = {
#include "../../Kernels/files.def"
};

const size_t kernel_source_count = sizeof paths / sizeof paths[0];

void kernel_sources(kernel_source *sources) {
  const char *text = texts;
  for (size_t i = 0; i < kernel_source_count; i++) {
    sources[i] = (kernel_source){paths[i], text};
    text += strlen(text) + 1;
  }
}
