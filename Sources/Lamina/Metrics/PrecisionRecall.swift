/// Precision, recall and F1 over several classes or labels.
public struct PrecisionRecall: Sendable, Codable, Equatable {
  /// A way to average the numbers of the classes.
  public enum Average: String, Sendable, Codable, CaseIterable {
    /// The mean over all.
    case macro
    /// Uses the sums of the counts, so that every answer has the same weight.
    case micro
    /// The mean over all, each weighing as often as it occurs.
    case weighted
  }

  /// The average of the precisions; nil if none is defined.
  public let precision: Double?
  /// The average of the recalls; nil if none is defined.
  public let recall: Double?
  /// The average of the F1 scores, which is not the F1 score of the averages; nil if none is
  /// defined.
  public let f1: Double?

  /// Averages over classes or labels, as scikit-learn does with `zero_division=0`: an undefined
  /// value counts as 0 if other values are defined.
  ///
  /// - Parameters:
  ///   - counts: Only the classes that occur (``ConfusionMatrix/precisionRecall(_:)``), or all
  ///     labels.
  ///   - average: The kind of average.
  public init(_ counts: some Collection<BinaryCounts>, average: Average) {
    guard average != .micro else {
      let sum = counts.reduce(into: BinaryCounts()) { sum, next in
        sum.truePositives += next.truePositives
        sum.falsePositives += next.falsePositives
        sum.falseNegatives += next.falseNegatives
      }
      (precision, recall, f1) = (sum.precision, sum.recall, sum.f1)
      return
    }
    let weights = counts.map { average == .macro ? 1 : $0.support }
    let total = weights.reduce(0, +)
    func mean(_ score: (BinaryCounts) -> Double?) -> Double? {
      let values = counts.map(score)
      guard total > 0, values.contains(where: { $0 != nil }) else { return nil }
      return zip(values, weights).reduce(0) { $0 + ($1.0 ?? 0) * Double($1.1) } / Double(total)
    }
    precision = mean(\.precision)
    recall = mean(\.recall)
    f1 = mean(\.f1)
  }
}
