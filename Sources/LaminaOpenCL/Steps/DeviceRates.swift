import FoundationEssentials
import Lamina

/// What a device can do, as far as the choice between launches and whole steps needs it.
struct DeviceRates: Codable, Equatable {
  /// Seconds of a launch among others that follow each other.
  var launch: Double
  /// Seconds in which all groups of a launch wait for all.
  var wait: Double
  /// Bytes that a group reads in a second from memory that all share.
  var groupBytes: Double
  /// Elementary operations that a group makes in a second.
  var groupOperations: Double

  private static let folder = "rates"
  private static let largestFile = 1 << 12

  /// The file of a device with its driver.
  private static func file(of device: DeviceDescription, _ groups: StepGroups) -> String {
    var origin = Fingerprint()
    for text in [
      device.name, device.vendor, device.driver, device.platform, LaminaVersion.text,
      "\(groups.count)x\(groups.size)",
    ] { origin.add(text) }
    return "\(folder)/\(origin.text).json"
  }

  /// Those that an earlier process measured; nil where there are none that can be used.
  static func stored(
    for device: DeviceDescription, _ groups: StepGroups, in cache: CacheFolder
  ) -> DeviceRates? {
    guard
      let bytes = try? cache.read(file(of: device, groups), limit: largestFile),
      let rates = try? JSONDecoder().decode(DeviceRates.self, from: Data(bytes)),
      [rates.launch, rates.wait, rates.groupBytes, rates.groupOperations]
        .allSatisfy({ $0.isFinite && $0 > 0 })
    else { return nil }
    return rates
  }

  /// Keeps them for later processes, as far as the disk allows: they can be measured again.
  func store(for device: DeviceDescription, _ groups: StepGroups, in cache: CacheFolder) {
    guard let bytes = try? JSONEncoder().encode(self) else { return }
    try? cache.write(Array(bytes), to: Self.file(of: device, groups))
  }
}

extension OpenCLBackend {
  /// The device's rates for groups: known ones, those of the cache, or measured now.
  func rates(of groups: StepGroups) throws(BackendError) -> DeviceRates {
    if let knownRates { return knownRates }
    if let stored = ratesCache.flatMap({ DeviceRates.stored(for: device, groups, in: $0) }) {
      knownRates = stored
      return stored
    }
    let rates = try RateMeasurement(self, groups).rates()
    knownRates = rates
    if let ratesCache { rates.store(for: device, groups, in: ratesCache) }
    return rates
  }
}
