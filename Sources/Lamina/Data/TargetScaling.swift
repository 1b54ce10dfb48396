/// The map from target numbers to the numbers that a network learns: `(y - mean) / deviation`, for
/// each output separately.
public struct TargetScaling: Sendable, Hashable, Codable {
  /// The mean of each output.
  public let means: [Double]
  /// The standard deviation of each output, or 1 where it never varies.
  public let deviations: [Double]

  /// The map with these means and deviations.
  public init(means: [Double], deviations: [Double]) {
    self.means = means
    self.deviations = deviations
  }

  /// The mean and standard deviation of each target number of a training part; nil if its targets
  /// are not numbers.
  public init?(fitting train: Dataset) {
    guard case .values(let values, let names) = train.targets, train.count > 0 else { return nil }
    let statistics = ColumnStatistics(values, columns: names.count) { $0 }
    means = statistics.means
    deviations = statistics.deviations.indices.map { output in
      let deviation = statistics.deviations[output]
      return statistics.isConstant(output) || !deviation.isNormal ? 1 : deviation
    }
  }

  /// The outputs that a network should have for these targets, one row per example. Computed in
  /// `Double`.
  public func scaled(_ targets: [Double]) -> [Float] {
    targets.enumerated().map { index, y in
      Float((y - means[index % means.count]) / deviations[index % means.count])
    }
  }

  /// The targets that correspond to these outputs of a network, one row per example: the inverse of
  /// ``scaled(_:)``.
  public func restored(_ outputs: [Float]) -> [Double] {
    outputs.enumerated().map { index, y in
      Double(y) * deviations[index % means.count] + means[index % means.count]
    }
  }

  /// Refuses a map of another number of outputs, and one that has no inverse.
  public func validate(outputs: Int) throws(NetworkError) {
    guard means.count == outputs, deviations.count == outputs else {
      throw .mismatch(
        "the target scaling has \(means.count) means and \(deviations.count) deviations "
          + "for \(outputs) outputs")
    }
    if let mean = means.first(where: { !$0.isFinite }) {
      throw .invalid("a mean of the target scaling", value: "\(mean)", wanted: "finite")
    }
    if let deviation = deviations.first(where: { !$0.isFinite || $0 <= 0 }) {
      throw .invalid(
        "a deviation of the target scaling", value: "\(deviation)", wanted: "positive and finite")
    }
  }
}
