extension Dataset {
  /// Numbers that differ by less would lose digits as 32-bit floats, or become 0 on some devices.
  private static let leastDeviation = 1e-30
  /// The largest error of a number, as a share of its deviation.
  private static let tolerance = 0.01

  /// Refuses a training part whose numbers are too close together for 32-bit floats, even after
  /// `scaling` has subtracted their centres.
  ///
  /// That is the case if a float is off by more than a hundredth of the standard deviation of its
  /// feature, or if the standard deviation itself is too small for a float.
  public func checkPrecision(under scaling: InputScaling) throws(NetworkError) {
    guard case .doubles(let doubles) = inputs else { return }
    let statistics = ColumnStatistics(inputs, columns: features)
    for feature in 0..<features where !statistics.isConstant(feature) {
      let (least, largest) = (statistics.least[feature], statistics.largest[feature])
      let deviation = statistics.deviations[feature]
      guard deviation >= Self.leastDeviation else {
        throw .mismatch(
          "\(name): \(title(of: feature)) has the standard deviation \(deviation), which is too "
            + "small for 32-bit floats; multiply it first")
      }
      let center = scaling.center(of: feature)
      // The error of a float is at most half of its last digit.
      let farthest = max(abs(least - center), abs(largest - center))
      guard farthest * Double(Float.ulpOfOne) / 2 > Self.tolerance * deviation else { continue }
      let column = stride(from: feature, to: doubles.count, by: features)
      let isLost = column.contains { index in
        let difference = doubles[index] - center
        return !(abs(Double(Float(difference)) - difference) <= Self.tolerance * deviation)
      }
      guard isLost else { continue }
      throw .mismatch(
        "\(name): \(title(of: feature)) lies between \(least) and \(largest), and 32-bit floats are "
          + "\(Float(largest).ulp) apart there; standard or min_max scaling keeps what tells such "
          + "numbers apart")
    }
  }

  private func title(of feature: Int) -> String {
    featureNames.isEmpty ? "feature \(feature + 1)" : featureNames[feature]
  }
}
