#if OpenCL
  import Lamina
  import Testing

  @testable import LaminaOpenCL

  /// The OpenCL device that tests of the backend's insides use.
  enum FirstDevice {
    static let device = try? OpenCLDevice.select("opencl")

    /// A backend on it that warns, with kernels for the kind of device that `shape` is for.
    ///
    /// - Parameter fault: A macro that makes the kernel of a name wrong.
    static func backend(
      _ warnings: Warnings, shape: WorkShape = .cpu, cache: CacheFolder? = nil,
      fault: (kernel: String, macro: String)? = nil
    ) throws -> OpenCLBackend {
      let backend = try OpenCLBackend(
        try #require(device), shape: shape,
        options: OpenCLOptions(
          cache: cache, usesPlan: true, cachesKernels: false,
          warn: { warnings.sentences.append($0) }))
      if let fault { backend.kernels.faults[fault.kernel] = [fault.macro] }
      return backend
    }
  }

  /// What a backend has warned of.
  final class Warnings {
    var sentences: [String] = []
  }

  extension OpenCLBackend.Prepared {
    /// The names of its kernels, in their order.
    var kernelNames: [String] { commands.map(\.name) }
  }
#endif
