/// The errors of outputs for numeric targets.
///
/// Errors are NaN if there are no examples or if an output is NaN.
public struct RegressionReport: Sendable, Codable, Equatable {
  /// The errors of one output over all examples, or their means over all outputs.
  public struct Errors: Sendable, Codable, Equatable {
    /// The mean of `(h - y)²`.
    public let meanSquared: Double
    /// The root of the mean of `(h - y)²`.
    public let rootMeanSquared: Double
    /// The mean of `|h - y|`.
    public let meanAbsolute: Double
    /// `R² = 1 - Σ (h - y)² / Σ (y - ȳ)²`; nil for fewer than two examples or if an output is NaN.
    /// If all targets are equal, it is 1 for exact outputs and 0 for others, as in scikit-learn.
    public let rSquared: Double?
  }

  /// The number of examples.
  public let count: Int
  /// One for each output.
  public let outputs: [Errors]
  /// The quality of predicted distributions; nil if the network predicts only numbers.
  public let distribution: DistributionReport?

  /// Compares outputs with targets, both one row of `outputCount` an example.
  public init(
    outputs: [Double], targets: [Double], outputCount: Int,
    distribution: DistributionReport? = nil
  ) {
    precondition(
      outputs.count == targets.count && outputCount > 0 && outputs.count % outputCount == 0,
      "\(outputs.count) outputs and \(targets.count) targets for \(outputCount) an example")
    count = outputs.count / outputCount
    self.distribution = distribution
    self.outputs = (0..<outputCount).map { column in
      let places = stride(from: column, to: outputs.count, by: outputCount)
      return Errors(outputs: places.map { outputs[$0] }, targets: places.map { targets[$0] })
    }
  }

  /// The means over the outputs.
  public var mean: Errors { Errors(meanOf: outputs) }
}

extension RegressionReport.Errors {
  fileprivate init(outputs: [Double], targets: [Double]) {
    let count = Double(outputs.count)
    let errors = zip(outputs, targets).map { $0 - $1 }
    let squares = errors.reduce(0) { $0 + $1 * $1 }
    meanSquared = squares / count
    rootMeanSquared = meanSquared.squareRoot()
    meanAbsolute = errors.reduce(0) { $0 + $1.magnitude } / count
    if targets.count < 2 || !squares.isFinite {
      rSquared = nil
    } else if targets.allSatisfy({ $0 == targets[0] }) {
      rSquared = squares == 0 ? 1 : 0
    } else {
      let mean = targets.reduce(0, +) / count
      let variation = targets.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      // A variation that overflows or underflows gives no result.
      rSquared = variation.isNormal ? 1 - squares / variation : nil
    }
  }

  fileprivate init(meanOf all: [Self]) {
    func mean(_ error: (Self) -> Double) -> Double {
      all.reduce(0) { $0 + error($1) } / Double(all.count)
    }
    meanSquared = mean(\.meanSquared)
    rootMeanSquared = mean(\.rootMeanSquared)
    meanAbsolute = mean(\.meanAbsolute)
    let squared = all.compactMap(\.rSquared)
    rSquared = squared.count == all.count ? squared.reduce(0, +) / Double(all.count) : nil
  }
}
