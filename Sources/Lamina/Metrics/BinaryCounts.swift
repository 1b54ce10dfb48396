/// The counts of right and wrong predictions of one class or label.
public struct BinaryCounts: Sendable, Codable, Equatable {
  /// Examples that have it and were predicted to have it.
  public var truePositives: Int
  /// Examples that were predicted to have it and lack it.
  public var falsePositives: Int
  /// Examples that have it and were not predicted to have it.
  public var falseNegatives: Int
  /// Examples that lack it and were not predicted to have it.
  public var trueNegatives: Int

  /// Puts counts together.
  public init(
    truePositives: Int = 0, falsePositives: Int = 0, falseNegatives: Int = 0, trueNegatives: Int = 0
  ) {
    self.truePositives = truePositives
    self.falsePositives = falsePositives
    self.falseNegatives = falseNegatives
    self.trueNegatives = trueNegatives
  }

  /// The number of examples that have it.
  public var support: Int { truePositives + falseNegatives }
  /// True if any example has it, or was predicted to have it.
  public var occurs: Bool { truePositives + falsePositives + falseNegatives > 0 }
  /// The share of right answers among all; NaN without examples.
  public var accuracy: Double {
    share(
      truePositives + trueNegatives,
      of: truePositives + falsePositives + falseNegatives + trueNegatives)
  }
  /// The share of right predictions among all predictions; nil without predictions.
  public var precision: Double? { share(truePositives, ofSome: truePositives + falsePositives) }
  /// The share of predicted examples among those that have the label; nil without such examples.
  public var recall: Double? { share(truePositives, ofSome: support) }
  /// The harmonic mean of precision and recall, `2 TP / (2 TP + FP + FN)`; nil if the label is
  /// neither present nor predicted.
  public var f1: Double? {
    share(2 * truePositives, ofSome: 2 * truePositives + falsePositives + falseNegatives)
  }
}

/// `count / total`, and NaN where there is nothing to share.
func share(_ count: Int, of total: Int) -> Double { Double(count) / Double(total) }

/// `count / total`, and nil where there is nothing to share.
private func share(_ count: Int, ofSome total: Int) -> Double? {
  total == 0 ? nil : share(count, of: total)
}
