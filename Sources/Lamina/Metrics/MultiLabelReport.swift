import LaminaMath

/// The quality of outputs as predictions of labels. An example can have any number of labels.
///
/// Without examples, shares and losses are NaN.
public struct MultiLabelReport: Sendable, Codable, Equatable {
  /// The meaning of outputs.
  public enum Outputs: String, Sendable, Codable {
    /// Numbers of any size, whose logistic function is the probability.
    case logits
    case probabilities
  }

  /// The counts of right and wrong predictions of each label.
  public let labelCounts: [BinaryCounts]
  /// The share of examples all of whose labels are right.
  public let subsetAccuracy: Double
  /// The mean over examples and labels of `-y ln p - (1 - y) ln(1 - p)`.
  ///
  /// Probabilities are kept at least 2⁻⁵² away from 0 and 1, as in scikit-learn. Logits need no
  /// bounds.
  public let logLoss: Double
  /// The area under the receiver operating characteristic of each label; nil for a label that no
  /// example or every example has.
  public let areasUnderROC: [Double?]
  /// How well the probabilities agree with the shares of examples that have the labels.
  public let reliability: Reliability

  /// Compares outputs with targets.
  ///
  /// A label is predicted if its probability is above the threshold; NaN is never above it.
  ///
  /// - Parameters:
  ///   - outputs: One row of `labelCount` per example.
  ///   - kind: Logits or probabilities.
  ///   - targets: One row of `labelCount` per example, above one half if the example has the label.
  ///   - labelCount: The number of labels.
  ///   - thresholds: One for all labels, or one per label.
  public init(
    outputs: [Float], _ kind: Outputs, targets: [Float], labelCount: Int,
    thresholds: [Double] = [0.5]
  ) {
    precondition(
      outputs.count == targets.count && labelCount > 0 && outputs.count % labelCount == 0,
      "\(outputs.count) outputs and \(targets.count) targets for \(labelCount) labels")
    precondition(
      thresholds.count == 1 || thresholds.count == labelCount,
      "\(thresholds.count) thresholds for \(labelCount) labels")
    let bounds = (0..<labelCount).map { label in
      kind.bound(thresholds[thresholds.count == 1 ? 0 : label])
    }
    var counts = [BinaryCounts](repeating: BinaryCounts(), count: labelCount)
    var (right, loss) = (0, 0.0)
    var reliability = Reliability()
    for start in stride(from: 0, to: outputs.count, by: labelCount) {
      var isRight = true
      for label in 0..<labelCount {
        let (output, target) = (Double(outputs[start + label]), targets[start + label])
        let (isNamed, isThere) = (output > bounds[label], target > 0.5)
        counts[label].add(isNamed: isNamed, isThere: isThere)
        isRight = isRight && isNamed == isThere
        loss += kind.crossEntropy(output, target: Double(target))
        reliability.add(kind.probability(output), isRight: isThere)
      }
      right += isRight ? 1 : 0
    }
    labelCounts = counts
    self.reliability = reliability
    subsetAccuracy = share(right, of: outputs.count / labelCount)
    logLoss = loss / Double(outputs.count)
    areasUnderROC = (0..<labelCount).map { label in
      let column = stride(from: label, to: outputs.count, by: labelCount)
      // Outputs have the same order as their probabilities.
      return ROC.area(
        scores: column.map { Double(outputs[$0]) }, isPositive: column.map { targets[$0] > 0.5 })
    }
  }

  /// The number of examples.
  public var count: Int {
    labelCounts.first.map { $0.support + $0.falsePositives + $0.trueNegatives } ?? 0
  }
  /// The share of wrong answers among all, over examples and labels.
  public var hammingLoss: Double {
    let wrong = labelCounts.reduce(0) { $0 + $1.falsePositives + $1.falseNegatives }
    return share(wrong, of: count * labelCounts.count)
  }
  /// Precision, recall and F1 over all labels, those that no example has included.
  public func precisionRecall(_ average: PrecisionRecall.Average) -> PrecisionRecall {
    PrecisionRecall(labelCounts, average: average)
  }
  /// The mean of the areas under the receiver operating characteristic that there are.
  public var macroAreaUnderROC: Double? { ROC.macro(areasUnderROC) }
}

extension BinaryCounts {
  fileprivate mutating func add(isNamed: Bool, isThere: Bool) {
    switch (isNamed, isThere) {
    case (true, true): truePositives += 1
    case (true, false): falsePositives += 1
    case (false, true): falseNegatives += 1
    case (false, false): trueNegatives += 1
    }
  }
}

extension MultiLabelReport.Outputs {
  /// The output at which the probability is `threshold`.
  func bound(_ threshold: Double) -> Double {
    switch self {
    case .logits: log(threshold / (1 - threshold))
    case .probabilities: threshold
    }
  }

  /// The probability that an output stands for.
  func probability(_ output: Double) -> Double {
    switch self {
    case .logits: 1 / (1 + exp(-output))
    case .probabilities: output
    }
  }

  /// `-y ln p - (1 - y) ln(1 - p)`.
  fileprivate func crossEntropy(_ output: Double, target: Double) -> Double {
    switch self {
    case .logits:
      // max(z, 0) would turn NaN into 0.
      return (output < 0 ? 0 : output) - output * target + log1p(exp(-output.magnitude))
    case .probabilities:
      guard !output.isNaN else { return .nan }
      let p = min(max(output, .ulpOfOne), 1 - .ulpOfOne)
      return -target * log(p) - (1 - target) * log(1 - p)
    }
  }
}
