/// The area under the receiver operating characteristic.
public enum ROC {
  /// The probability that a positive example has a higher score than a negative one, where equal
  /// scores count half. This is the area under the curve by the trapezoidal rule, as in
  /// scikit-learn's `roc_auc_score`.
  ///
  /// - Returns: Nil if all examples are positive or all are negative; NaN if a score is NaN.
  public static func area(scores: [Double], isPositive: [Bool]) -> Double? {
    precondition(
      scores.count == isPositive.count, "\(scores.count) scores for \(isPositive.count) labels")
    let positives = isPositive.reduce(0) { $0 + ($1 ? 1 : 0) }
    let negatives = scores.count - positives
    guard positives > 0, negatives > 0 else { return nil }
    guard !scores.contains(where: \.isNaN) else { return .nan }
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    // Twice the number of pairs in which the positive example has the higher score.
    var pairs = 0
    var (negativesBelow, first) = (0, 0)
    while first < order.count {
      var (group, equal) = ((positives: 0, negatives: 0), first)
      while equal < order.count, scores[order[equal]] == scores[order[first]] {
        if isPositive[order[equal]] { group.positives += 1 } else { group.negatives += 1 }
        equal += 1
      }
      pairs += group.positives * (2 * negativesBelow + group.negatives)
      negativesBelow += group.negatives
      first = equal
    }
    return Double(pairs) / 2 / (Double(positives) * Double(negatives))
  }

  /// The area of each class against the rest, by its softmax probability. For two classes both
  /// areas are equal.
  ///
  /// - Parameters:
  ///   - logits: One row of `classCount` numbers per example.
  ///   - labels: The true class of each example.
  ///   - classCount: The number of classes.
  /// - Returns: Nil for a class that no example or every example has.
  public static func classAreas(logits: [Float], labels: [Int32], classCount: Int) -> [Double?] {
    precondition(
      logits.count == labels.count * classCount,
      "\(logits.count) logits for \(labels.count) examples of \(classCount) classes")
    var scores = Array(repeating: [Double](), count: classCount)
    for example in labels.indices {
      let row = logits[example * classCount..<(example + 1) * classCount]
      for (label, probability) in Softmax.probabilities(row).enumerated() {
        scores[label].append(probability)
      }
    }
    return scores.enumerated().map { label, scores in
      area(scores: scores, isPositive: labels.map { Int($0) == label })
    }
  }

  /// The mean of the defined areas (one against the rest, macro); nil if none is defined.
  ///
  /// scikit-learn refuses data that lack a class. This function leaves the class out.
  public static func macro(_ areas: [Double?]) -> Double? {
    let known = areas.compactMap(\.self)
    return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }
}
