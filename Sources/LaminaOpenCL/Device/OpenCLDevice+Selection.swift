public import Lamina

extension OpenCLDevice {
  /// The device that a selector names, never another one.
  ///
  /// - Parameter selector: `opencl` for the first device, `opencl:1` for one by its place in
  ///   ``all()``, or a part of the platform's, maker's and device's names, such as `nvidia`; case
  ///   does not matter.
  /// - Throws: `BackendError.noDevice`, or
  ///   `BackendError.ambiguousDevice` when several names have that part.
  public static func select(_ selector: String) throws(BackendError) -> OpenCLDevice {
    let devices = try all()
    do throws(BackendError) {
      return try select(selector, from: devices)
    } catch .noDevice(let wanted, let available, _) {
      throw .noDevice(wanted: wanted, available: available, searched: driverReport)
    }
  }

  static func select(
    _ selector: String, from devices: [OpenCLDevice]
  ) throws(BackendError) -> OpenCLDevice {
    let matches = matches(selector.lowercased(), in: devices.map(\.description))
    guard let first = matches.first else {
      throw .noDevice(wanted: selector, available: devices.map(\.description.listEntry))
    }
    guard matches.count == 1 else {
      throw .ambiguousDevice(
        wanted: selector, candidates: matches.map { devices[$0].description.listEntry })
    }
    return devices[first]
  }

  /// The positions of the descriptions that a selector in lower case fits.
  static func matches(_ selector: String, in descriptions: [DeviceDescription]) -> [Int] {
    if selector.isEmpty || descriptions.isEmpty { return [] }
    if selector == "opencl" { return [0] }
    if let index = descriptions.firstIndex(where: { $0.selector == selector }) { return [index] }
    return descriptions.indices.filter { index in
      let device = descriptions[index]
      let name = "\(device.platform) \(device.vendor) \(device.name)".lowercased()
      return name.contains(selector)
    }
  }
}

extension DeviceDescription {
  /// Such as `opencl:0 (NVIDIA H200, NVIDIA CUDA)`.
  var listEntry: String { "\(selector) (\(name), \(platform))" }
}
