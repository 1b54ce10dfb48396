/// Inputs as backends store them: bytes or 32-bit floats. A linear map of floats turns them into
/// the numbers that the network sees.
public enum StoredInputs: Sendable {
  /// One byte a feature.
  case bytes([UInt8])
  /// One float a feature, less the feature's centre.
  case floats([Float])

  /// The inputs of `dataset`, each minus its centre in `scaling`.
  ///
  /// The difference is computed in `Double`, so that large numbers that differ little remain
  /// distinct.
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
}

extension Dataset {
  /// The inputs as a network sees them, row by row.
  public func scaledInputs(by scaling: InputScaling) -> [Float] {
    StoredInputs(self, for: scaling).scaled(by: scaling, features: features)
  }
}
