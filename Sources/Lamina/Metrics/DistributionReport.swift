import LaminaMath

/// How well predicted distributions of numbers agree with the targets.
///
/// All numbers are in the unit of the data, means over examples and targets, and NaN without
/// examples.
public enum DistributionReport: Sendable, Codable, Equatable {
  /// Means of Poisson distributions, with their mean deviance `2 (y ln(y / m) - y + m)`, as
  /// scikit-learn's `mean_poisson_deviance`. It is infinite for a mean of 0 and another target, and
  /// NaN for negative targets.
  case counts(meanDeviance: Double)
  /// Quantiles.
  case quantiles(QuantileReport)
  /// Means and spreads of normal distributions.
  case normal(NormalReport)
}

/// How well predicted quantiles agree with the targets.
public struct QuantileReport: Sendable, Codable, Equatable {
  /// The levels, in ascending order.
  public let levels: [Float]
  /// The mean of `max(q (y - z), (q - 1) (y - z))` of each level `q`, as scikit-learn's
  /// `mean_pinball_loss`.
  public let pinballLosses: [Double]
  /// The share of targets that are at most the predicted quantile, for each level. It is the level
  /// itself where quantiles are right.
  public let coverages: [Double]
  /// The share of targets from the lowest to the highest predicted quantile; nil for one level.
  public let intervalCoverage: Double?

  /// The mean over the levels.
  public var meanPinballLoss: Double {
    pinballLosses.reduce(0, +) / Double(pinballLosses.count)
  }

  /// Compares quantiles with targets.
  ///
  /// - Parameters:
  ///   - quantiles: For each example, the first quantile of each target, then the second ones, and
  ///     so on.
  ///   - levels: The levels of the quantiles.
  ///   - targets: One row per example.
  ///   - targetCount: The number of targets of an example.
  public init(quantiles: [Double], levels: [Float], targets: [Double], targetCount: Int) {
    func quantile(_ part: Int, _ place: Int) -> Double {
      let (example, target) = place.quotientAndRemainder(dividingBy: targetCount)
      return quantiles[(example * levels.count + part) * targetCount + target]
    }
    let count = Double(targets.count)
    self.levels = levels
    pinballLosses = levels.enumerated().map { part, level in
      targets.enumerated().reduce(0) { sum, next in
        let error = next.element - quantile(part, next.offset)
        return sum + (error > 0 ? Double(level) * error : (Double(level) - 1) * error)
      } / count
    }
    coverages = levels.indices.map { part in
      Double(targets.enumerated().count { $1 <= quantile(part, $0) }) / count
    }
    let last = levels.count - 1
    intervalCoverage =
      last < 1
      ? nil
      : Double(targets.enumerated().count { quantile(0, $0) <= $1 && $1 <= quantile(last, $0) })
        / count
  }
}

/// How well predicted normal distributions agree with the targets.
public struct NormalReport: Sendable, Codable, Equatable {
  /// The mean of `½ (ln 2π v + (y - m)² / v)`, `v` being the square of the spread.
  public let negativeLogLikelihood: Double
  /// The share of targets within 1.96 spreads of the mean. It is 0.95 where distributions are right.
  public let coverage: Double

  /// Compares distributions with targets, a mean and a spread for each target.
  public init(means: [Double], spreads: [Double], targets: [Double]) {
    precondition(
      means.count == targets.count && spreads.count == targets.count,
      "\(means.count) means and \(spreads.count) spreads for \(targets.count) targets")
    let count = Double(targets.count)
    negativeLogLikelihood =
      targets.indices.reduce(0) { sum, place in
        let distance = (targets[place] - means[place]) / spreads[place]
        return sum + 0.5 * log(2 * Double.pi) + log(spreads[place]) + distance * distance / 2
      } / count
    coverage =
      Double(targets.indices.count { abs(targets[$0] - means[$0]) <= 1.96 * spreads[$0] }) / count
  }
}

extension RegressionReport {
  /// Compares what a network says of numbers with the targets.
  ///
  /// Errors are those of the predicted mean, or of the quantile whose level is nearest to one half.
  ///
  /// - Parameters:
  ///   - numbers: The outputs in the unit of the data (``NetworkDescription/numbers(_:)``).
  ///   - loss: The loss of the network, which says what outputs mean.
  ///   - targets: One row per example.
  ///   - targetCount: The number of targets of an example.
  public init(numbers: [Double], of loss: Loss, targets: [Double], targetCount: Int) {
    let parts = loss.outputParts
    func part(_ part: Int) -> [Double] {
      guard parts.count > 1 else { return numbers }
      return targets.indices.map { place in
        let (example, target) = place.quotientAndRemainder(dividingBy: targetCount)
        return numbers[(example * parts.count + part) * targetCount + target]
      }
    }
    let distribution: DistributionReport? =
      switch loss {
      case .poisson:
        .counts(meanDeviance: Self.meanDeviance(means: numbers, targets: targets))
      case .quantile(let levels):
        .quantiles(
          QuantileReport(
            quantiles: numbers, levels: levels, targets: targets, targetCount: targetCount))
      case .gaussianLikelihood:
        .normal(NormalReport(means: part(0), spreads: part(1), targets: targets))
      default: nil
      }
    self.init(
      outputs: part(loss.centralPart), targets: targets, outputCount: targetCount,
      distribution: distribution)
  }

  private static func meanDeviance(means: [Double], targets: [Double]) -> Double {
    zip(means, targets).reduce(0) { sum, next in
      let (mean, y) = next
      return sum + 2 * ((y == 0 ? 0 : y * log(y / mean)) - y + mean)
    } / Double(targets.count)
  }
}

extension Loss {
  /// The part of a target's outputs that predicts the target itself.
  var centralPart: Int {
    guard case .quantile(let levels) = self else { return 0 }
    return levels.indices.min { abs(levels[$0] - 0.5) < abs(levels[$1] - 0.5) } ?? 0
  }
}
