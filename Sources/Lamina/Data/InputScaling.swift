/// The linear map from inputs to the numbers that the network sees: `scale · (x - center) +
/// offset`.
///
/// The difference is computed in `Double`, before numbers become 32-bit floats (``StoredInputs``).
/// The rest is computed on the device, when a batch is gathered.
///
/// As JSON it is `{"scale": 2, "offset": -1}`, or `{"centers": [1e9, 0], "scales": [2, 3],
/// "offsets": [0, 1]}` with one number per feature. `centers` can be left out if all are 0.
public enum InputScaling: Sendable, Hashable {
  /// The same map for every feature.
  case uniform(scale: Float, offset: Float)
  /// A map for each feature. There are as many scales and offsets as centres; no centres stand for
  /// 0.
  case perFeature(centers: [Double] = [], scales: [Float], offsets: [Float])

  /// Leaves inputs as they are.
  public static let identity = InputScaling.uniform(scale: 1, offset: 0)
  /// Maps the bytes 0 ... 255 to 0 ... 1.
  public static let unit = InputScaling.uniform(scale: 1 / 255, offset: 0)
  /// Maps the bytes 0 ... 255 to -1 ... 1, as `(x / 255 - 0.5) / 0.5`.
  public static let signedUnit = InputScaling.uniform(scale: 2 / 255, offset: -1)

  /// The factor for a feature.
  public func scale(of feature: Int) -> Float {
    switch self {
    case .uniform(let scale, _): scale
    case .perFeature(_, let scales, _): scales[feature]
    }
  }

  /// The number added to a feature after the multiplication.
  public func offset(of feature: Int) -> Float {
    switch self {
    case .uniform(_, let offset): offset
    case .perFeature(_, _, let offsets): offsets[feature]
    }
  }

  /// The number subtracted from a feature first.
  public func center(of feature: Int) -> Double {
    guard case .perFeature(let centers, _, _) = self, !centers.isEmpty else { return 0 }
    return centers[feature]
  }

  /// Whether nothing is subtracted from any feature, so that 32-bit floats hold all digits of the
  /// inputs that the network sees.
  public var isUncentered: Bool { centers == nil }

  /// The centre of each feature; nil if all are 0.
  var centers: [Double]? {
    guard case .perFeature(let centers, _, _) = self, centers.contains(where: { $0 != 0 }) else {
      return nil
    }
    return centers
  }

  /// Refuses a map of another number of features, and one that is not finite.
  public func validate(features: Int) throws(NetworkError) {
    if case .perFeature(let centers, let scales, let offsets) = self,
      scales.count != features || offsets.count != features
        || !(centers.isEmpty || centers.count == features)
    {
      throw .mismatch(
        "the input scaling has \(scales.count) scales, \(offsets.count) offsets and "
          + "\(centers.count) centers for \(features) inputs")
    }
    let numbers: [Double] =
      switch self {
      case .uniform(let scale, let offset): [Double(scale), Double(offset)]
      case .perFeature(let centers, let scales, let offsets):
        centers + (scales + offsets).map { Double($0) }
      }
    if let number = numbers.first(where: { !$0.isFinite }) {
      throw .invalid("a number of the input scaling", value: "\(number)", wanted: "finite")
    }
  }

  /// The inputs that correspond to rows of `features` numbers as the network sees them: the inverse
  /// of the map. A feature whose scale is 0 becomes its centre.
  public func restored(_ numbers: [Float], features: Int) -> [Double] {
    numbers.enumerated().map { index, number in
      let feature = index % features
      let (scale, offset) = (Double(scale(of: feature)), Double(offset(of: feature)))
      return (scale == 0 ? 0 : (Double(number) - offset) / scale) + center(of: feature)
    }
  }

  /// Maps rows of `features` numbers, from which the centres were subtracted.
  func scaled<Number>(_ numbers: [Number], features: Int, _ float: (Number) -> Float) -> [Float] {
    var feature = 0
    return numbers.map { number in
      let scaled = scale(of: feature) * float(number) + offset(of: feature)
      feature = feature + 1 == features ? 0 : feature + 1
      return scaled
    }
  }
}

extension InputScaling: Codable {
  private enum CodingKeys: CodingKey {
    case scale, offset, centers, scales, offsets
  }

  /// Reads either form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    guard container.contains(.scales) else {
      self = .uniform(
        scale: try container.decode(Float.self, forKey: .scale),
        offset: try container.decode(Float.self, forKey: .offset))
      return
    }
    self = .perFeature(
      centers: try container.decodeIfPresent([Double].self, forKey: .centers) ?? [],
      scales: try container.decode([Float].self, forKey: .scales),
      offsets: try container.decode([Float].self, forKey: .offsets))
  }

  /// Writes the form for all features or for each.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .uniform(let scale, let offset):
      try container.encode(scale, forKey: .scale)
      try container.encode(offset, forKey: .offset)
    case .perFeature(let centers, let scales, let offsets):
      if self.centers != nil { try container.encode(centers, forKey: .centers) }
      try container.encode(scales, forKey: .scales)
      try container.encode(offsets, forKey: .offsets)
    }
  }
}
