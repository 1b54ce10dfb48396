import Lamina
import LaminaCPU
import LaminaText

#if OpenCL
  import LaminaOpenCL
#endif

/// The device that the user has chosen; never another one than that.
enum DeviceSelection {
  /// The selector of the CPU backend.
  static let cpuSelector = "cpu"

  /// The CPU backend, with as many threads as it finds useful when nil.
  case cpu(threads: Int?)
  #if OpenCL
    /// With the seconds that a wait for it may take; nil for as long as it takes.
    case openCL(OpenCLDevice, timeout: Double?)
  #endif

  /// Finds the device called `cpu`, `opencl`, `opencl:1` or by a part of an OpenCL device's name.
  ///
  /// - Parameters:
  ///   - threads: The most threads of the CPU backend.
  ///   - timeout: Seconds that a wait for an OpenCL device may take; nil for as long as it takes.
  init(
    _ selector: String, threads: Int? = nil, timeout: Double? = nil
  ) throws(BackendError) {
    if selector == Self.cpuSelector {
      self = .cpu(threads: threads)
      return
    }
    #if OpenCL
      do throws(BackendError) {
        self = .openCL(try OpenCLDevice.select(selector), timeout: timeout)
      } catch .noDevice(let wanted, let available, let searched) {
        let others = available.filter { $0 != Self.cpuSelector }
        throw .noDevice(
          wanted: wanted, available: [Self.cpuSelector] + others, searched: searched)
      }
    #else
      throw .noDevice(
        wanted: selector,
        available: ["\(Self.cpuSelector) (this program was built without OpenCL)"])
    #endif
  }

  /// Makes the device ready for work.
  ///
  /// - Parameter profile: Takes the time of everything; nil measures nothing.
  func open(profile: Profile? = nil) throws(BackendError) -> any Backend {
    switch self {
    case .cpu(let threads):
      let backend = try CPUBackend(
        threads: threads, warn: { if CPUWarning.isNew($0) { Notice.warn($0) } })
      backend.profile = profile
      return backend
    #if OpenCL
      case .openCL(let device, let timeout):
        var options = OpenCLOptions.userDefaults(warn: Notice.warn)
        options.deviceTimeout = timeout
        options.profile = profile
        return try OpenCLBackend(device, options: options)
    #endif
    }
  }

  /// The CPU backend as it is by default; its notes have what it would warn of.
  static func processor() throws(BackendError) -> DeviceDescription {
    try CPUBackend(warn: { _ in }).device
  }

  /// All OpenCL devices of this machine.
  static func openCLDevices() throws(BackendError) -> [DeviceDescription] {
    #if OpenCL
      try OpenCLDevice.all().map(\.description)
    #else
      []
    #endif
  }

  /// What was looked for to find OpenCL devices; nil where the program was built without.
  static var driverReport: String? {
    #if OpenCL
      OpenCLDevice.driverReport
    #else
      nil
    #endif
  }

  /// Whether the first use of an operation may have to wait for a compiler.
  static func buildsKernels(_ backend: some Backend) -> Bool {
    #if OpenCL
      backend is OpenCLBackend
    #else
      false
    #endif
  }

  /// The plan that decides how a backend computes products; null where there is none.
  static func plan(of backend: some Backend) -> JSON {
    #if OpenCL
      if let plan = (backend as? OpenCLBackend)?.planUse {
        return .object(["file": .string(plan.file), "products": .integer(plan.products)])
      }
    #endif
    return .null
  }

  /// Seconds that a backend has spent building kernels so far.
  static func buildSeconds(of backend: some Backend) -> Double {
    #if OpenCL
      (backend as? OpenCLBackend)?.buildSeconds ?? 0
    #else
      0
    #endif
  }
}

extension DeviceDescription {
  /// The description in logs and in `lamina devices --json`.
  var json: JSON {
    .object([
      "selector": .string(selector), "type": .string(kind.rawValue), "name": .string(name),
      "platform": .string(platform), "vendor": .string(vendor), "driver": .string(driver),
      "opencl_version": .optional(openCLVersion), "compute_units": .integer(computeUnits),
      "threads": threads.map { .integer($0) } ?? .null, "memory_bytes": .integer(memory),
      "libraries": .object(
        libraries.sorted { $0.key < $1.key }.map { (name: $0.key, value: .string($0.value)) }),
      "notes": .array(notes.map { .string($0) }),
    ])
  }
}
