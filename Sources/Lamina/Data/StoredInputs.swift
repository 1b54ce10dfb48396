/// Inputs as backends store them: bytes or 32-bit floats, from which a linear map of floats makes
/// what the network sees.
public enum StoredInputs: Sendable {
  /// One byte a feature.
  case bytes([UInt8])
  /// One float a feature, less the feature's centre.
  case floats([Float])

  /// The inputs of `dataset`, each less its centre in `scaling`.
  ///
  /// The difference is computed in `Double`, so that numbers far from 0 that lie close together keep
  /// what tells them apart.
  public init(_ dataset: Dataset, for scaling: InputScaling) {
    let features = dataset.features
    switch (dataset.inputs, scaling.centers) {
    case (.bytes(let bytes), nil): self = .bytes(bytes)
    case (.floats(let floats), nil): self = .floats(floats)
    case (.doubles(let doubles), nil): self = .floats(doubles.map { Float($0) })
    case (.bytes(let bytes), let centers?):
      self = .floats(Self.differences(bytes, centers, features) { Double($0) })
    case (.floats(let floats), let centers?):
      self = .floats(Self.differences(floats, centers, features) { Double($0) })
    case (.doubles(let doubles), let centers?):
      self = .floats(Self.differences(doubles, centers, features) { $0 })
    }
  }

  private static func differences<Number>(
    _ numbers: [Number], _ centers: [Double], _ features: Int, _ double: (Number) -> Double
  ) -> [Float] {
    var feature = 0
    return numbers.map { number in
      let difference = Float(double(number) - centers[feature])
      feature = feature + 1 == features ? 0 : feature + 1
      return difference
    }
  }

  /// The inputs as a network sees them, row by row.
  public func scaled(by scaling: InputScaling, features: Int) -> [Float] {
    switch self {
    case .bytes(let bytes): scaling.scaled(bytes, features: features) { Float($0) }
    case .floats(let floats): scaling.scaled(floats, features: features) { $0 }
    }
  }

  /// The bytes that they fill.
  public var byteCount: Int {
    switch self {
    case .bytes(let bytes): bytes.count
    case .floats(let floats): floats.count * MemoryLayout<Float>.stride
    }
  }
}

extension Dataset {
  /// Numbers that differ by less would lose digits as 32-bit floats, or become 0 on some devices.
  private static let leastDeviation = 1e-30

  /// The inputs as a network sees them, row by row.
  public func scaledInputs(by scaling: InputScaling) -> [Float] {
    StoredInputs(self, for: scaling).scaled(by: scaling, features: features)
  }

  /// Refuses a training part with numbers that 32-bit floats cannot tell apart once `scaling` has
  /// taken their centres away: where a float is off by more than a hundredth of the standard
  /// deviation of its feature.
  public func checkPrecision(under scaling: InputScaling) throws(NetworkError) {
    guard case .doubles(let doubles) = inputs else { return }
    let statistics = ColumnStatistics(inputs, columns: features)
    for feature in 0..<features where !statistics.isConstant(feature) {
      guard statistics.deviations[feature] < Self.leastDeviation else { continue }
      let column = featureNames.isEmpty ? "feature \(feature + 1)" : featureNames[feature]
      throw .mismatch(
        "\(name): \(column) has the standard deviation \(statistics.deviations[feature]), which is too "
          + "small for 32-bit floats; multiply it first")
    }
    for (index, number) in doubles.enumerated() {
      let feature = index % features
      let difference = number - scaling.center(of: feature)
      let error = abs(Double(Float(difference)) - difference)
      let deviation = statistics.deviations[feature]
      guard !statistics.isConstant(feature), !(error <= 0.01 * deviation) else { continue }
      let column = featureNames.isEmpty ? "feature \(feature + 1)" : featureNames[feature]
      throw .mismatch(
        "\(name): \(column) lies between \(statistics.least[feature]) and "
          + "\(statistics.largest[feature]), and 32-bit floats are \(Float(number).ulp) apart there; "
          + "standard or min_max scaling keeps what tells such numbers apart")
    }
  }
}
