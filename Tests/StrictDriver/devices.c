// Platforms and devices: what they tell of themselves, with the limits of the strictest drivers.
#include "settings.h"

EXPORTED cl_int clGetPlatformIDs(cl_uint room, cl_platform_id *ids, cl_uint *count) {
  STRICT_CALL(clGetPlatformIDs);
  if (driver_depth) return real(room, ids, count);
  const cl_int status = begin(&call, NULL);
  return end(&call, status ? status : DRIVER(real(room, ids, count)));
}

EXPORTED cl_int clGetPlatformInfo(
    cl_platform_id id, cl_platform_info what, size_t room, void *value, size_t *size) {
  STRICT_CALL(clGetPlatformInfo);
  if (driver_depth) return real(id, what, room, value, size);
  const cl_int status = begin(&call, NULL);
  if (status) return end(&call, status);
  const char *name = settings()->platform;
  if (name && what == CL_PLATFORM_NAME) return answer(name, strlen(name) + 1, room, value, size);
  return end(&call, DRIVER(real(id, what, room, value, size)));
}

EXPORTED cl_int clGetDeviceIDs(
    cl_platform_id platform, cl_device_type type, cl_uint room, cl_device_id *ids,
    cl_uint *count) {
  STRICT_CALL(clGetDeviceIDs);
  if (driver_depth) return real(platform, type, room, ids, count);
  const cl_int status = begin(&call, NULL);
  if (status) return end(&call, status);
  const cl_device_type told = settings()->type;
  if (told) {
    // All devices are of one type.
    if (!(type & (told | CL_DEVICE_TYPE_DEFAULT))) return CL_DEVICE_NOT_FOUND;
    type = CL_DEVICE_TYPE_ALL;
  }
  return end(&call, DRIVER(real(platform, type, room, ids, count)));
}

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

/// Changes what the driver has answered.
static void limit(cl_device_info what, size_t bytes, void *value) {
  const Settings *wanted = settings();
  switch (what) {
  case CL_DEVICE_TYPE:
    if (wanted->type) *(cl_device_type *)value = wanted->type;
    break;
  case CL_DEVICE_LOCAL_MEM_SIZE: {
    cl_ulong *size = value;
    *size = smaller(*size, wanted->localMemory);
    break;
  }
  case CL_DEVICE_MAX_WORK_GROUP_SIZE: {
    size_t *size = value;
    *size = smaller(*size, wanted->group);
    break;
  }
  case CL_DEVICE_MAX_WORK_ITEM_SIZES: {
    size_t *sizes = value;
    for (size_t i = 0; i < bytes / sizeof *sizes; i++) sizes[i] = smaller(sizes[i], wanted->group);
    break;
  }
  case CL_DEVICE_MEM_BASE_ADDR_ALIGN: {
    cl_uint *bits = value;
    if (*bits < wanted->alignment * 8) *bits = (cl_uint)wanted->alignment * 8;
    break;
  }
  default: break;
  }
}

EXPORTED cl_int clGetDeviceInfo(
    cl_device_id device, cl_device_info what, size_t room, void *value, size_t *size) {
  STRICT_CALL(clGetDeviceInfo);
  if (driver_depth) return real(device, what, room, value, size);
  cl_int status = begin(&call, NULL);
  if (status) return end(&call, status);
  const char *name = what == CL_DEVICE_NAME ? settings()->name
    : what == CL_DEVICE_VENDOR ? settings()->vendor : NULL;
  if (name) return answer(name, strlen(name) + 1, room, value, size);
  size_t bytes = 0;
  status = end(&call, DRIVER(real(device, what, room, value, &bytes)));
  if (status) return status;
  if (value) limit(what, bytes, value);
  if (size) *size = bytes;
  return status;
}
