import Glibc
package import Lamina

/// A counter of the energy that a device uses, on machines that have one: RAPL for the processor,
/// NVIDIA's management library for NVIDIA GPUs.
package struct EnergyMeter {
  private let read: () -> Double?

  /// The counter of a device.
  ///
  /// - Parameter powercap: The folder with the processor's counters in Linux.
  package init(for device: DeviceDescription, powercap: String = "/sys/class/powercap") {
    switch device.kind {
    case .processor:
      let packages = RAPL(powercap)
      read = { packages.joules }
    case .gpu where device.vendor.contains("NVIDIA"):
      let library = NVML.shared
      read = { library?.joules(of: device.name) }
    case .gpu, .accelerator: read = { nil }
    }
  }

  /// The joules since some moment in the past; nil if the machine has no counter.
  package var joules: Double? { read() }
}

/// The energy counters of the processor's packages in Linux.
struct RAPL {
  private final class Counter {
    let path: String
    let range: Double
    var last: Double?
    var sum = 0.0

    init(path: String, range: Double) {
      self.path = path
      self.range = range
    }
  }

  private let counters: [Counter]

  /// Finds `intel-rapl:0`, `intel-rapl:1`, … in a folder. AMD processors have these names too.
  init(_ folder: String) {
    var found: [Counter] = []
    for number in 0..<64 {
      let path = "\(folder)/intel-rapl:\(number)"
      guard let range = Self.number("\(path)/max_energy_range_uj") else { break }
      found.append(Counter(path: path, range: range))
    }
    counters = found
  }

  /// The joules of all packages; nil if one cannot be read. Wrap-around of a counter is corrected.
  var joules: Double? {
    guard !counters.isEmpty else { return nil }
    var sum = 0.0
    for counter in counters {
      guard let now = Self.number("\(counter.path)/energy_uj") else { return nil }
      if let last = counter.last {
        counter.sum += now >= last ? now - last : now + counter.range - last
      }
      counter.last = now
      sum += counter.sum
    }
    return sum / 1e6
  }

  private static func number(_ path: String) -> Double? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var value = 0 as UInt64
    return withUnsafeMutablePointer(to: &value) { pointer in
      withVaList([pointer]) { vfscanf(file, "%lu", $0) }
    } == 1 ? Double(value) : nil
  }
}

/// The calls of NVIDIA's management library that count energy, loaded if the library is installed.
final class NVML: @unchecked Sendable {
  static let shared = NVML()

  private typealias Start = @convention(c) () -> Int32
  private typealias Count = @convention(c) (UnsafeMutablePointer<UInt32>) -> Int32
  private typealias Handle = @convention(c) (UInt32, UnsafeMutablePointer<OpaquePointer?>) -> Int32
  private typealias Name =
    @convention(c) (OpaquePointer, UnsafeMutablePointer<CChar>, UInt32) ->
    Int32
  private typealias Energy = @convention(c) (OpaquePointer, UnsafeMutablePointer<UInt64>) -> Int32

  private let energy: Energy
  private var handles: [(name: String, handle: OpaquePointer)] = []

  private init?() {
    guard let library = dlopen("libnvidia-ml.so.1", RTLD_NOW),
      let start = dlsym(library, "nvmlInit_v2"),
      let count = dlsym(library, "nvmlDeviceGetCount_v2"),
      let handle = dlsym(library, "nvmlDeviceGetHandleByIndex_v2"),
      let name = dlsym(library, "nvmlDeviceGetName"),
      let energy = dlsym(library, "nvmlDeviceGetTotalEnergyConsumption"),
      unsafeBitCast(start, to: Start.self)() == 0
    else { return nil }
    self.energy = unsafeBitCast(energy, to: Energy.self)
    var number: UInt32 = 0
    guard unsafeBitCast(count, to: Count.self)(&number) == 0 else { return nil }
    for index in 0..<number {
      var device: OpaquePointer?
      var text = [CChar](repeating: 0, count: 96)
      guard unsafeBitCast(handle, to: Handle.self)(index, &device) == 0, let device,
        unsafeBitCast(name, to: Name.self)(device, &text, 96) == 0
      else { continue }
      handles.append(
        (String(decoding: text.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self), device))
    }
  }

  /// The joules of the only GPU with this name; nil if it has no counter, or if there are several,
  /// which OpenCL cannot tell apart by name.
  func joules(of name: String) -> Double? {
    let found = handles.filter { $0.name == name }
    var millijoules: UInt64 = 0
    guard found.count == 1, energy(found[0].handle, &millijoules) == 0 else { return nil }
    return Double(millijoules) / 1000
  }
}
