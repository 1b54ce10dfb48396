// The code generator alone, which has no threads, memory or settings of its own.
#include <libxsmm_cpuid.h>
#include <libxsmm_generator.h>
#include <libxsmm_version.h>
