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
  /// Whether it was there or was named at all.
  public var occurs: Bool { truePositives + falsePositives + falseNegatives > 0 }
  /// The share of right answers among all; NaN where there are none.
  public var accuracy: Double {
    share(
      truePositives + trueNegatives,
      of: truePositives + falsePositives + falseNegatives + trueNegatives)
  }
  /// The share of what was named that was there; nil where nothing was named.
  public var precision: Double? { share(truePositives, ofSome: truePositives + falsePositives) }
  /// The share of what was there that was named; nil where nothing was there.
  public var recall: Double? { share(truePositives, ofSome: support) }
  /// The harmonic mean of precision and recall, `2 TP / (2 TP + FP + FN)`; nil where it does not
  /// occur.
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
