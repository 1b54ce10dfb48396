#pragma once
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Reads the parameters that CLBlast uses for a kernel in single precision on a `cl_device_id`.
/// CLBlast's C interface can only write them.
///
/// Returns CLBlast's status, or -1 where the kernel lacks one of the `count` names.
int clblast_parameters(
    void *device, const char *kernel, size_t count, const char *const *names, size_t *values);

#ifdef __cplusplus
}
#endif
