extension InputScaling {
  /// A way to scale inputs.
  public enum Method: String, Sendable, Codable, CaseIterable {
    /// Not at all.
    case none
    /// Maps bytes to 0 ... 1.
    case unit
    /// Maps bytes to -1 ... 1.
    case signedUnit = "signed_unit"
    /// Each feature to mean 0 and standard deviation 1 over the training part.
    case standard
    /// Maps each feature of the training part to 0 ... 1.
    case minMax = "min_max"

    /// The default. Bytes are pixels and are mapped to -1 ... 1; other numbers are standardised.
    public static func usual(for train: Dataset) -> Method {
      if case .bytes = train.inputs { .signedUnit } else { .standard }
    }

    /// The scaling that this method gives for a training part.
    public func scaling(fitting train: Dataset) -> InputScaling {
      switch self {
      case .none: .identity
      case .unit: .unit
      case .signedUnit: .signedUnit
      case .standard: .standard(fitting: train)
      case .minMax: .minMax(fitting: train)
      }
    }
  }

  /// Standardisation: `(x - mean) / deviation` with the mean and the standard deviation of each
  /// feature of `train`. A feature that never varies becomes 0. ``Dataset/unscaledFeatures`` stay as
  /// they are.
  public static func standard(fitting train: Dataset) -> InputScaling {
    let statistics = ColumnStatistics(train.inputs, columns: train.features)
    return perFeature(train, statistics, center: statistics.means, extent: statistics.deviations)
  }

  /// `(x - least) / (largest - least)` with the range of each feature of `train`, which becomes 0
  /// ... 1. A feature that never varies becomes 0. ``Dataset/unscaledFeatures`` stay as they are.
  public static func minMax(fitting train: Dataset) -> InputScaling {
    let statistics = ColumnStatistics(train.inputs, columns: train.features)
    let extent = zip(statistics.largest, statistics.least).map { $0 - $1 }
    if case .bytes = train.inputs {
      return perFeature(train, statistics, center: statistics.least, extent: extent)
    }
    // Subtracts the middle of the range, because the whole range can be too large for a float.
    return perFeature(
      train, statistics, center: zip(statistics.largest, statistics.least).map { ($0 + $1) / 2 },
      extent: extent, middle: 0.5)
  }

  private static func perFeature(
    _ train: Dataset, _ statistics: ColumnStatistics, center: [Double], extent: [Double],
    middle: Double = 0
  ) -> InputScaling {
    guard statistics.count > 0 else { return .identity }
    let unscaled = train.unscaledFeatures
    let scales = extent.indices.map { feature -> Float in
      if unscaled.contains(feature) { return 1 }
      // A constant column teaches nothing. It stays 0 even if it varies in other data.
      if statistics.isConstant(feature) { return 0 }
      // A range whose inverse overflows a float counts as zero; see `checkPrecision`.
      let scale = Float(1 / extent[feature])
      return scale.isFinite ? scale : 1
    }
    let center = center.indices.map { unscaled.contains($0) ? 0 : center[$0] }
    let middles = center.indices.map {
      statistics.isConstant($0) || unscaled.contains($0) ? 0 : middle
    }
    if case .bytes = train.inputs {
      // Bytes stay bytes on the device. Floats are precise enough for their scaled values.
      let offsets = center.indices.map { middles[$0] - center[$0] * Double(scales[$0]) }
      return .perFeature(scales: scales, offsets: offsets.map { Float($0) })
    }
    return .perFeature(centers: center, scales: scales, offsets: middles.map { Float($0) })
  }
}
