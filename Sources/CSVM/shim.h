#pragma once
#include <libsvm/svm.h>

/// The version of LIBSVM, such as 324; a variable that C can change is none that Swift takes.
static inline int svm_version(void) { return libsvm_version; }
