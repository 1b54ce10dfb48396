#define CL_TARGET_OPENCL_VERSION 300
// What drivers of version 1.2 need is deprecated in 3.0.
#define CL_USE_DEPRECATED_OPENCL_1_2_APIS
#include "CCLBlastParameters.h"

#include <clblast.h>

#include <exception>
#include <string>
#include <unordered_map>

int clblast_parameters(
    void *device, const char *kernel, size_t count, const char *const *names, size_t *values) {
  // No exception may reach Swift.
  try {
    std::unordered_map<std::string, size_t> found;
    const auto status = clblast::RetrieveParameters(
        static_cast<cl_device_id>(device), kernel, clblast::Precision::kSingle, found);
    if (status != clblast::StatusCode::kSuccess) return static_cast<int>(status);
    for (size_t i = 0; i < count; i++) {
      const auto entry = found.find(names[i]);
      if (entry == found.end()) return -1;
      values[i] = entry->second;
    }
    return 0;
  } catch (const std::exception &) {
    return -1;
  }
}
