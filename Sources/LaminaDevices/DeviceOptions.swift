package import Lamina
import LaminaCPU

#if OpenCL
  import LaminaOpenCL
#endif

/// The options for opening devices, and the receiver of their warnings.
package struct DeviceOptions {
  /// The maximum number of threads that the CPU backend supports.
  package static let mostThreads = CPUBackend.mostThreads

  /// The default time limit of a wait for an OpenCL device, in seconds.
  package static var defaultTimeout: Double? {
    #if OpenCL
      OpenCLOptions.defaultDeviceTimeout
    #else
      nil
    #endif
  }

  /// The precision of the factors of products.
  package var precision: Precision
  /// The maximum number of threads of the CPU backend; nil lets the backend choose.
  package var threads: Int?
  /// The time limit of a wait for an OpenCL device, in seconds; nil for no limit.
  package var timeout: Double?
  /// Collects the times of all kernels and products; nil measures nothing.
  package var profile: Profile?
  /// Receives a sentence about each setting or kernel that was ignored or replaced. It has no
  /// default, so that every caller decides where warnings go.
  package var warn: (String) -> Void

  package init(
    precision: Precision = .fp32, threads: Int? = nil,
    timeout: Double? = Self.defaultTimeout, profile: Profile? = nil,
    warn: @escaping (String) -> Void
  ) {
    self.precision = precision
    self.threads = threads
    self.timeout = timeout
    self.profile = profile
    self.warn = warn
  }

  /// Passes on a warning once per process, because some commands open a device twice.
  func warnOnce(_ sentence: String) {
    if CPUWarning.isNew(sentence) { warn(sentence) }
  }
}
