/// The kind of hardware.
public enum DeviceKind: String, Sendable, Hashable, Codable {
  /// The machine's processor, whether by the CPU backend or by an OpenCL driver.
  case processor = "cpu"
  case gpu
  /// Neither, such as an FPGA.
  case accelerator
}

/// The properties of a device, for tables, logs and messages.
public struct DeviceDescription: Sendable, Hashable, Codable {
  /// The name that selects it on the command line: `cpu`, `opencl:0`.
  public var selector: String
  /// The kind of hardware.
  public var kind: DeviceKind
  /// The device's own name.
  public var name: String
  /// The platform that offers it.
  public var platform: String
  /// The vendor.
  public var vendor: String
  /// The driver's version.
  public var driver: String
  /// The version of OpenCL that it supports; nil for the CPU backend.
  public var openCLVersion: String?
  /// Compute units, or processor cores.
  public var computeUnits: Int
  /// The highest clock rate, in MHz; nil where it is not known.
  public var clock: Int?
  /// Bytes of memory.
  public var memory: Int
  /// Libraries that do its work, with their versions.
  public var libraries: [String: String]
  /// The number of threads for which the CPU backend cuts its work; nil for other devices.
  public var threads: Int?
  /// Sentences about its use of this machine, such as limits and possible improvements.
  public var notes: [String]

  /// Puts a description together.
  public init(
    selector: String, kind: DeviceKind = .processor, name: String, platform: String, vendor: String,
    driver: String, openCLVersion: String? = nil, computeUnits: Int, clock: Int? = nil, memory: Int,
    libraries: [String: String], threads: Int? = nil, notes: [String] = []
  ) {
    self.selector = selector
    self.kind = kind
    self.name = name
    self.platform = platform
    self.vendor = vendor
    self.driver = driver
    self.openCLVersion = openCLVersion
    self.computeUnits = computeUnits
    self.clock = clock
    self.memory = memory
    self.libraries = libraries
    self.threads = threads
    self.notes = notes
  }
}
