/// How often one class, or one label, was rightly and wrongly named.
public struct BinaryCounts: Sendable, Codable, Equatable {
  /// It was there and was named.
  public var truePositives: Int
  /// It was named and was not there.
  public var falsePositives: Int
  /// It was there and was not named.
  public var falseNegatives: Int
  /// It was neither there nor named.
  public var trueNegatives: Int

  /// Puts counts together.
  public init(
    truePositives: Int = 0, falsePositives: Int = 0, falseNegatives: Int = 0,
    trueNegatives: Int = 0
  ) {
    self.truePositives = truePositives
    self.falsePositives = falsePositives
    self.falseNegatives = falseNegatives
    self.trueNegatives = trueNegatives
  }

  /// How often it was there.
  public var support: Int { truePositives + falseNegatives }
  /// The share of right answers among all.
  public var accuracy: Double {
    share(
      truePositives + trueNegatives,
      of: truePositives + falsePositives + falseNegatives + trueNegatives)
  }
  /// The share of what was named that was there; 0 where nothing was named.
  public var precision: Double { share(truePositives, of: truePositives + falsePositives) }
  /// The share of what was there that was named; 0 where nothing was there.
  public var recall: Double { share(truePositives, of: support) }
  /// The harmonic mean of precision and recall, `2 TP / (2 TP + FP + FN)`; 0 where that is 0 / 0.
  public var f1: Double {
    share(2 * truePositives, of: 2 * truePositives + falsePositives + falseNegatives)
  }
}

/// `count / total`, and 0 where there is nothing to share: scikit-learn's `zero_division=0`.
func share(_ count: Int, of total: Int) -> Double {
  total == 0 ? 0 : Double(count) / Double(total)
}
