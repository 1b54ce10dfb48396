package import Lamina
import LaminaCPU

#if OpenCL
  import LaminaOpenCL
#endif

/// How devices are opened, and who is told of what they replace or ignore.
package struct DeviceOptions {
  /// The most threads that the CPU backend can be cut for.
  package static let mostThreads = CPUBackend.mostThreads

  /// Seconds that a wait for an OpenCL device may take where nobody says otherwise.
  package static var defaultTimeout: Double? {
    #if OpenCL
      OpenCLOptions.defaultDeviceTimeout
    #else
      nil
    #endif
  }

  /// The most threads of the CPU backend; as many as it finds useful when nil.
  package var threads: Int?
  /// Seconds that a wait for an OpenCL device may take; nil for as long as it takes.
  package var timeout: Double?
  /// Takes the time of everything; nil measures nothing.
  package var profile: Profile?
  /// Takes sentences about what was ignored or replaced. No default: whoever opens a device decides
  /// where they go.
  package var warn: (String) -> Void

  package init(
    threads: Int? = nil, timeout: Double? = Self.defaultTimeout, profile: Profile? = nil,
    warn: @escaping (String) -> Void
  ) {
    self.threads = threads
    self.timeout = timeout
    self.profile = profile
    self.warn = warn
  }

  /// Tells of a sentence unless this process has told it before: some commands open a device twice.
  func warnOnce(_ sentence: String) {
    if CPUWarning.isNew(sentence) { warn(sentence) }
  }
}
