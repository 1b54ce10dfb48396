import COpenCL

/// The way in which work-groups of one launch hand results to each other.
enum MemoryOrder: Hashable, Sendable {
  /// By atomics of this version of OpenCL C, such as `CL3.0`.
  case atomics(language: String)
  /// By NVIDIA's assembly: its drivers tell of no atomics.
  case ptx

  /// The version of OpenCL C that kernels are compiled for.
  var language: String {
    switch self {
    case .atomics(let language): language
    case .ptx: "CL1.2"
    }
  }

  /// The macros of `tasks.clh`.
  var macros: [String] { self == .ptx ? ["PTX_ORDER"] : [] }
}

extension DeviceQuery {
  /// Nil where the device promises none.
  var memoryOrder: MemoryOrder? {
    let wanted = ["__opencl_c_atomic_order_acq_rel", "__opencl_c_atomic_scope_device"]
    if wanted.allSatisfy(languageFeatures.contains) { return .atomics(language: "CL3.0") }
    // All atomics are a part of OpenCL C 2.0.
    if text(CL_DEVICE_OPENCL_C_VERSION).hasPrefix("OpenCL C 2") {
      return .atomics(language: "CL2.0")
    }
    // `ld.acquire` and `fence.acq_rel` came with devices of capability 7.0.
    let computeCapabilityMajor: Int32 = 0x4000  // CL_DEVICE_COMPUTE_CAPABILITY_MAJOR_NV
    let isNew = number(computeCapabilityMajor, or: cl_uint(0)) >= 7
    return platformText(CL_PLATFORM_NAME) == Platform.nvidia && isNew ? .ptx : nil
  }

  /// True if as many groups as there are units are known to run side by side.
  var startsGroupsTogether: Bool {
    !isCPU
      && [Platform.nvidia, Platform.amd, Platform.intelGraphics]
        .contains(platformText(CL_PLATFORM_NAME))
  }
}
