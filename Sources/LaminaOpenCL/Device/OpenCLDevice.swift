import COpenCL
public import Lamina

/// An OpenCL device of this machine.
public struct OpenCLDevice: Sendable {
  /// Its properties.
  public let description: DeviceDescription
  /// True if it is the machine's processor, which wants work cut in other pieces than a GPU.
  public let isCPU: Bool

  /// An immutable name, valid as long as the process lives.
  nonisolated(unsafe) let id: cl_device_id
  /// Bytes of local memory that a group may ask for: GPUs' drivers want some of it themselves.
  let usableLocalMemory: Int
  /// Work-items that run in step, of a GPU.
  let bundle: Int
  /// The largest number of work-items of a group.
  let largestGroup: Int
  /// The way in which work-groups hand results to each other; nil where there is none.
  let memoryOrder: MemoryOrder?
  /// The units that multiply small matrices; nil where there are none.
  let tensorCores: TensorCores?
  /// True if as many groups as there are units are known to run side by side.
  let startsGroupsTogether: Bool

  /// The search for drivers as text, for those who miss a device.
  public static var driverReport: String { DriverDiscovery.done.report }

  /// Every usable device of every platform: other devices before processors, then by the
  /// platform's name, then in the platform's order. The first is `opencl:0`.
  ///
  /// A driver that is installed without the file that would name it is used too; a line on the
  /// standard error says so. A machine without OpenCL has none. A platform that fails is left out.
  ///
  /// - Throws: When no device is left and a platform has failed.
  public static func all() throws(BackendError) -> [OpenCLDevice] {
    var found: [DeviceQuery] = []
    var failure: cl_int?
    for platform in try platforms() {
      switch PlatformDevices(of: platform) {
      case .found(let ids):
        found += ids.map { DeviceQuery(id: $0, platform: platform) }.filter(\.isUsable)
      case .failed(let status):
        failure = status
      }
    }
    if found.isEmpty, let failure {
      throw .callFailed(
        call: "clGetDeviceIDs", status: Status.name(failure), device: "every OpenCL platform")
    }
    let ranked = found.enumerated().map { (rank: $1.rank(at: $0), device: $1) }
    let ordered = ranked.sorted { $0.rank < $1.rank }
    return ordered.enumerated().map { OpenCLDevice($1.device, index: $0) }
  }

  private init(_ query: DeviceQuery, index: Int) {
    id = query.id
    largestGroup = query.number(CL_DEVICE_MAX_WORK_GROUP_SIZE, or: 1)
    isCPU = query.isCPU
    memoryOrder = query.memoryOrder
    tensorCores = query.tensorCores
    startsGroupsTogether = query.startsGroupsTogether
    let localMemory = Int(query.number(CL_DEVICE_LOCAL_MEM_SIZE, or: cl_ulong(0)))
    usableLocalMemory = query.isCPU ? localMemory : localMemory / 8 * 7
    bundle = query.bundle
    description = DeviceDescription(
      selector: "opencl:\(index)", kind: query.kind, name: query.text(CL_DEVICE_NAME),
      platform: query.platformText(CL_PLATFORM_NAME), vendor: query.text(CL_DEVICE_VENDOR),
      driver: query.text(CL_DRIVER_VERSION), openCLVersion: query.text(CL_DEVICE_VERSION),
      computeUnits: Int(query.number(CL_DEVICE_MAX_COMPUTE_UNITS, or: cl_uint(0))),
      clock: Int(query.number(CL_DEVICE_MAX_CLOCK_FREQUENCY, or: cl_uint(0))).nonZero,
      memory: Int(clamping: query.number(CL_DEVICE_GLOBAL_MEM_SIZE, or: cl_ulong(0))),
      libraries: ["CLBlast": CLBlastVersion.text])
  }

  /// Lets the OpenCL loader read which drivers there are.
  static func startLoader() {
    var count: cl_uint = 0
    _ = clGetPlatformIDs(0, nil, &count)
  }

  private static func platforms() throws(BackendError) -> [cl_platform_id] {
    _ = DriverDiscovery.done
    var count: cl_uint = 0
    var status = clGetPlatformIDs(0, nil, &count)
    // The loader's CL_PLATFORM_NOT_FOUND_KHR: no driver is installed.
    if status == -1001 || status == CL_SUCCESS && count == 0 { return [] }
    var platforms = [cl_platform_id?](repeating: nil, count: Int(count))
    if status == CL_SUCCESS { status = clGetPlatformIDs(count, &platforms, nil) }
    guard status == CL_SUCCESS else {
      throw .callFailed(
        call: "clGetPlatformIDs", status: Status.name(status), device: "the OpenCL loader")
    }
    return platforms.compactMap { $0 }
  }
}

extension DeviceQuery {
  var isCPU: Bool { kind == .processor }

  /// Processor before GPU where a device calls itself both.
  var kind: DeviceKind {
    let type = number(CL_DEVICE_TYPE, or: cl_device_type(0))
    if type & cl_device_type(CL_DEVICE_TYPE_CPU) != 0 { return .processor }
    return type & cl_device_type(CL_DEVICE_TYPE_GPU) != 0 ? .gpu : .accelerator
  }

  /// Work-items that run in step: AMD tells it, and 32 is right for most others.
  var bundle: Int {
    let isAMD = ["AMD", "Advanced Micro Devices"].contains { text(CL_DEVICE_VENDOR).contains($0) }
    guard isAMD, !isCPU else { return 32 }
    let wavefrontWidth: Int32 = 0x4043  // CL_DEVICE_WAVEFRONT_WIDTH_AMD
    return Int(number(wavefrontWidth, or: cl_uint(32)))
  }

  /// True if it can compile and run kernels now.
  var isUsable: Bool { isTrue(CL_DEVICE_AVAILABLE) && isTrue(CL_DEVICE_COMPILER_AVAILABLE) }

  /// The place in the list of devices; `position` is the place in the drivers' order.
  func rank(at position: Int) -> (Int, String, Int) {
    (isCPU ? 1 : 0, platformText(CL_PLATFORM_NAME), position)
  }
}

extension Int {
  /// Nil for a zero that stands for nothing known.
  fileprivate var nonZero: Int? { self == 0 ? nil : self }
}
