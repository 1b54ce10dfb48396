import Lamina

/// The fastest methods for products on one device, as `lamina tune` measured them.
public struct MatmulPlan: Sendable {
  /// A product with its measurements.
  public struct Entry: Codable, Sendable, Equatable {
    /// The product.
    public var product: ProductShape
    /// The name of the fastest method.
    public var method: String
    /// The microseconds that it takes.
    public var microseconds: Double
    /// Those of the method without a plan.
    public var defaultMicroseconds: Double
  }

  /// The device and versions that the figures hold for.
  public struct Origin: Codable, Sendable, Equatable {
    /// The device's name.
    public var device: String
    /// Its platform.
    public var platform: String
    /// Its maker.
    public var vendor: String
    /// The driver's version.
    public var driver: String
    /// The version of OpenCL.
    public var openCL: String
    /// The version of CLBlast.
    public var clblast: String
    /// The version of Lamina.
    public var lamina: String
  }

  /// The device, driver and versions.
  public let origin: Origin
  /// When it was last changed, such as `2026-11-20T12:00:00Z`.
  public internal(set) var date: String
  /// The products, in the order in which they were measured first.
  public internal(set) var entries: [Entry]
  /// The path of its file.
  public let file: String

  /// Adds an entry, or replaces that of the same product.
  public mutating func set(_ entry: Entry) {
    if let index = entries.firstIndex(where: { $0.product == entry.product }) {
      entries[index] = entry
    } else {
      entries.append(entry)
    }
  }

  /// The method for a product; nil where it has none that this version knows.
  func method(for product: ProductShape, among candidates: [MatmulMethod]) -> MatmulMethod? {
    guard let entry = entries.first(where: { $0.product == product }) else { return nil }
    return candidates.first { $0.name == entry.method }
  }
}

extension MatmulPlan.Origin {
  init(_ device: DeviceDescription) {
    self.init(
      device: device.name, platform: device.platform, vendor: device.vendor,
      driver: device.driver, openCL: device.openCLVersion ?? "",
      clblast: device.libraries["CLBlast"] ?? "", lamina: LaminaVersion.text)
  }

  /// The first thing in which another origin differs, as a sentence tells it.
  func difference(from other: Self) -> String? {
    let parts: [(name: String, path: KeyPath<Self, String>)] = [
      ("device", \.device), ("platform", \.platform), ("vendor", \.vendor), ("driver", \.driver),
      ("OpenCL", \.openCL), ("CLBlast", \.clblast), ("Lamina", \.lamina),
    ]
    for (name, path) in parts where self[keyPath: path] != other[keyPath: path] {
      return "it was made with \(name) '\(self[keyPath: path])', and this is "
        + "'\(other[keyPath: path])'"
    }
    return nil
  }
}
