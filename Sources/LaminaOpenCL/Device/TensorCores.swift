import COpenCL
public import Lamina

/// The units that multiply small matrices, as `tensor_cores.clh` uses them.
enum TensorCores: Hashable, Sendable {
  /// Those of NVIDIA's GPUs, by its assembly.
  case ptx
  /// None: plain OpenCL C does the same, for tests of all that is around them.
  case emulated

  /// The macros of `tensor_cores.clh`.
  var macros: [String] { self == .emulated ? ["EMULATED_TENSOR_CORES"] : [] }

  /// Bytes of local memory that a work-item needs besides the kernel's own.
  var bytesPerItem: Int { self == .emulated ? 6 * MemoryLayout<UInt32>.stride : 0 }

  /// What a device needs for other precisions than fp32.
  static let need = "an NVIDIA GPU of compute capability 8.0 or later"
}

extension DeviceQuery {
  /// Nil where the device has none that kernels can use.
  var tensorCores: TensorCores? {
    let computeCapabilityMajor: Int32 = 0x4000  // CL_DEVICE_COMPUTE_CAPABILITY_MAJOR_NV
    let hasAll = number(computeCapabilityMajor, or: cl_uint(0)) >= 8
    return platformText(CL_PLATFORM_NAME) == Platform.nvidia && !isCPU && hasAll ? .ptx : nil
  }
}

extension OpenCLDevice {
  /// The precisions of the factors of products that it can compute with.
  public var precisions: [Precision] { tensorCores == nil ? [.fp32] : Precision.allCases }

  /// - Throws: `BackendError.unsupportedPrecision` for a precision
  ///   that the device lacks.
  public func check(_ precision: Precision) throws(BackendError) {
    guard !precisions.contains(precision) else { return }
    throw .unsupportedPrecision(
      wanted: precision.rawValue, available: precisions.map(\.rawValue),
      device: "\(description.selector) (\(description.name))", need: TensorCores.need)
  }
}
