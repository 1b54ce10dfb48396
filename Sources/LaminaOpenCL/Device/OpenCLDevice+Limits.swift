import COpenCL

extension OpenCLDevice {
  /// The limits that a report about its driver adds to the description.
  package struct Limits: Sendable {
    /// The version of OpenCL C, as the device tells it.
    package let language: String
    /// Bytes of local memory that a group may ask for.
    package let localMemory: Int
    /// The largest number of work-items of a group.
    package let largestGroup: Int
  }

  /// Its limits.
  package var limits: Limits {
    let key = cl_device_info(CL_DEVICE_OPENCL_C_VERSION)
    return Limits(
      language: string { clGetDeviceInfo(id, key, $0, $1, $2) } ?? "",
      localMemory: usableLocalMemory,
      largestGroup: largestGroup)
  }
}
