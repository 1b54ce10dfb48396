import LaminaMath

/// The threshold of a probability that maximises F1 on examples.
///
/// Every threshold between two different probabilities is looked at, at the middle between them, and
/// one below the least. Of several that reach the same F1, the nearest to one half is taken, then the
/// lower one.
public struct ThresholdSearch: Sendable, Equatable {
  /// The probability above which the label is predicted. It is the usual one where no example has
  /// the label, so that no threshold has an F1.
  public let threshold: Double
  /// F1 with the usual threshold; nil if the label is neither present nor predicted.
  public let usualF1: Double?
  /// F1 with ``threshold``; nil if no example has the label.
  public let f1: Double?
  /// The number of thresholds with this F1, each between two other probabilities.
  public let ties: Int

  /// The threshold without a choice.
  public static let usual = 0.5

  /// Looks at all thresholds.
  ///
  /// - Parameters:
  ///   - outputs: The output for each example. NaN is never above a threshold.
  ///   - kind: Logits or probabilities.
  ///   - isPositive: Whether each example has the label.
  public init(outputs: [Float], _ kind: MultiLabelReport.Outputs, isPositive: [Bool]) {
    precondition(outputs.count == isPositive.count, "as many outputs as answers")
    let positives = isPositive.count { $0 }
    let order = outputs.indices.filter { !outputs[$0].isNaN }.sorted { outputs[$0] > outputs[$1] }
    let sorted = order.map { Double(outputs[$0]) }
    // The number of positive examples among the first ones.
    let found = order.reduce(into: [0]) { $0.append($0[$0.count - 1] + (isPositive[$1] ? 1 : 0)) }
    func score(_ threshold: Double) -> Share {
      let bound = kind.bound(threshold)
      let named = sorted.partitioningIndex { !($0 > bound) }
      return Share(2 * found[named], of: named + positives)
    }
    let before = score(Self.usual)
    usualF1 = before.value
    guard positives > 0 else {
      (threshold, f1, ties) = (Self.usual, nil, 0)
      return
    }
    var best = (threshold: Self.usual, score: before, ties: 0)
    for candidate in Self.candidates(sorted.map(kind.probability)) {
      let score = score(candidate)
      if score > best.score {
        best = (candidate, score, 1)
      } else if score == best.score {
        best.ties += 1
        if Self.isNearer(candidate, best.threshold) { best.threshold = candidate }
      }
    }
    (threshold, f1, ties) = (best.threshold, best.score.value, best.ties)
  }

  /// The thresholds between probabilities, which descend, and below the last of them.
  private static func candidates(_ probabilities: [Double]) -> [Double] {
    let lower = probabilities.dropFirst() + [0]
    return zip(probabilities, lower).compactMap { upper, lower in
      let middle = lower + (upper - lower) / 2
      return upper > lower && 0 < middle && middle < 1 ? middle : nil
    }
  }

  private static func isNearer(_ first: Double, _ second: Double) -> Bool {
    let (own, other) = ((first - usual).magnitude, (second - usual).magnitude)
    return own < other || (own == other && first < second)
  }
}

/// A share of counts, compared without rounding.
private struct Share: Comparable {
  let count, total: Int

  init(_ count: Int, of total: Int) { (self.count, self.total) = (count, total) }

  var value: Double? { total == 0 ? nil : Double(count) / Double(total) }

  static func < (first: Share, second: Share) -> Bool {
    first.count * max(1, second.total) < second.count * max(1, first.total)
  }
  static func == (first: Share, second: Share) -> Bool { !(first < second) && !(second < first) }
}

extension Array {
  /// The first place at which a condition that stays true once it is true is true.
  fileprivate func partitioningIndex(_ isTrue: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isTrue(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension ThresholdSearch {
  /// The search for each label of a data set, or for the second of two classes.
  ///
  /// - Parameters:
  ///   - outputs: One row per example.
  ///   - network: The network that computed the outputs, with its temperature.
  ///   - dataset: The examples with their targets.
  /// - Returns: One for each label, or one for two classes; empty for other targets.
  public static func all(
    outputs: [Float], of network: NetworkDescription, for dataset: Dataset
  ) -> [ThresholdSearch] {
    switch dataset.targets {
    case .classes(let labels, let names) where names.count == 2:
      return [
        ThresholdSearch(
          outputs: ClassificationReport.differences(network.logits(outputs)), .logits,
          isPositive: labels.map { $0 == 1 })
      ]
    case .labels(let targets, let names):
      let (all, kind) = (network.labelOutputs(outputs), network.labelKind)
      return names.indices.map { label in
        let column = stride(from: label, to: all.count, by: names.count)
        return ThresholdSearch(
          outputs: column.map { all[$0] }, kind, isPositive: column.map { targets[$0] > 0.5 })
      }
    case .classes, .values, .inputs: return []
    }
  }

  /// Refuses a network whose outputs have no thresholds.
  public static func check(
    _ network: NetworkDescription, for dataset: Dataset
  ) throws(NetworkError) {
    switch dataset.targets {
    case .labels where network.loss == .perceptron:
      throw .mismatch(
        "thresholds have no effect with the loss perceptron, whose outputs are 0 or 1")
    case .labels: return
    case .classes(_, let names):
      guard names.count == 2 else {
        throw .mismatch(
          "thresholds are for labels and for two classes, and \(dataset.name) has \(names.count) "
            + "classes, of which the one with the largest probability is predicted")
      }
      guard network.tellsProbabilities else {
        throw .mismatch(
          "thresholds are for probabilities, and a network with the loss \(network.loss) has none")
      }
    case .values, .inputs:
      throw .mismatch(
        "thresholds are for labels and for two classes, and \(dataset.name) has neither")
    }
  }
}
