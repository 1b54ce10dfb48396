import LaminaMath

/// The temperature that minimises the mean negative log-likelihood of examples: logits are divided
/// by it before they become probabilities, so that their order stays the same (Guo et al., 2017).
///
/// The loss is convex in `β = 1 / T`. Its slope is zero at one place, which Newton's method finds in
/// `Double`; where a step leaves the interval that is known to hold the place, the interval is halved.
struct TemperatureFit {
  /// The range of temperatures that are looked at.
  static let limits = 0.001...1000.0
  private static let mostSteps = 200
  private static let precision = 1e-12

  /// The slope and the curvature of the summed loss at an inverse temperature.
  typealias Slopes = (_ inverse: Double) -> (slope: Double, curvature: Double)

  /// The temperature within ``limits`` at which the slope is zero.
  ///
  /// - Returns: Nil if there is none: the loss falls without end as probabilities become surer,
  ///   because no example is wrong, or as they become equal, because they are no better than chance.
  static func temperature(_ slopes: Slopes) -> Double? {
    var (low, high) = (1 / limits.upperBound, 1 / limits.lowerBound)
    guard slopes(low).slope < 0, slopes(high).slope > 0 else { return nil }
    var inverse = 1.0
    for _ in 0..<mostSteps {
      let (slope, curvature) = slopes(inverse)
      guard slope.isFinite else { return nil }
      if slope == 0 { break }
      if slope < 0 { low = inverse } else { high = inverse }
      let newton = inverse - slope / curvature
      // The middle in logarithms, since temperatures are factors.
      let next = low < newton && newton < high ? newton : (low * high).squareRoot()
      let step = (next - inverse).magnitude
      inverse = next
      if step <= precision * inverse { break }
    }
    return 1 / inverse
  }

  /// Slopes of `Σ (ln Σ_k e^(β z_k) - β z_label)`: the expected logit less that of the label, and the
  /// variance of the logits.
  static func classes(_ logits: [Float], labels: [Int32], classCount: Int) -> Slopes {
    { inverse in
      var (slope, curvature) = (0.0, 0.0)
      for (example, label) in labels.enumerated() {
        let row = logits[example * classCount..<(example + 1) * classCount]
        let largest = Double(row.max() ?? 0)
        var (sum, first, second) = (0.0, 0.0, 0.0)
        for logit in row {
          // A probability of 0 has the logit -∞, which adds nothing.
          let distance = max(Double(logit) - largest, -Double(Float.greatestFiniteMagnitude))
          let power = exp(inverse * distance)
          sum += power
          first += power * distance
          second += power * distance * distance
        }
        let mean = first / sum
        slope += mean - (Double(row[row.startIndex + Int(label)]) - largest)
        curvature += second / sum - mean * mean
      }
      return (slope, curvature)
    }
  }

  /// Slopes of `Σ (ln (1 + e^(β z)) - β z y)` over examples and labels.
  static func labels(_ logits: [Float], targets: [Float]) -> Slopes {
    { inverse in
      var (slope, curvature) = (0.0, 0.0)
      for (logit, target) in zip(logits, targets) {
        let z = Double(logit)
        let p = 1 / (1 + exp(-inverse * z))
        slope += (p - Double(target)) * z
        curvature += p * (1 - p) * z * z
      }
      return (slope, curvature)
    }
  }
}
