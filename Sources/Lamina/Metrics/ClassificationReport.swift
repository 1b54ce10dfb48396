/// The quality of a network's outputs as predictions of classes.
///
/// Without examples, shares and losses are NaN.
public struct ClassificationReport: Sendable, Codable, Equatable {
  /// The number of examples of class `row` that were taken for class `column`.
  public let confusionMatrix: ConfusionMatrix
  /// The mean of `-ln softmax(outputs)[label]`, called log loss too.
  public let meanCrossEntropy: Double
  /// The mean squared distance of the probabilities from the right answer, which is 1 for the label
  /// and 0 elsewhere (Brier, 1950).
  ///
  /// For two classes it is the mean of `(p₁ - y)²`, from 0 to 1. For more classes it is the mean of
  /// `Σ_k (p_k - y_k)²`, from 0 to 2. scikit-learn's `brier_score_loss` makes the same distinction.
  public let brierScore: Double
  /// The number of examples whose label had the largest output, the second largest, and so on.
  public let rankCounts: [Int]
  /// How well the largest probability of an example agrees with the share of labels that have it.
  public let reliability: Reliability

  /// Compares outputs with labels, example by example.
  ///
  /// The largest output is the prediction; of equal outputs, the first. NaN is never a prediction.
  /// If all outputs of an example are NaN, it counts as class 0. Of two classes, the second one is
  /// the prediction if its probability is above the threshold.
  ///
  /// - Parameters:
  ///   - outputs: Logits, one row of `classCount` per example.
  ///   - labels: The true class of each example.
  ///   - classCount: The number of classes.
  ///   - threshold: The probability above which the second of two classes is predicted. More classes
  ///     have none.
  public init(outputs: [Float], labels: [Int32], classCount: Int, threshold: Double = 0.5) {
    precondition(
      outputs.count == labels.count * classCount,
      "\(outputs.count) outputs for \(labels.count) examples of \(classCount) classes")
    var predictions: [Int32] = []
    predictions.reserveCapacity(labels.count)
    var ranks = [Int](repeating: 0, count: classCount)
    var (loss, distance) = (0.0, 0.0)
    var reliability = Reliability()
    for (example, label) in labels.enumerated() {
      let row = outputs[example * classCount..<(example + 1) * classCount]
      let prediction = Self.prediction(row, threshold: threshold)
      predictions.append(Int32(prediction))
      if let rank = Self.rank(of: Int(label), in: row, prediction) { ranks[rank] += 1 }
      loss += Softmax.crossEntropy(row, label: Int(label))
      let probabilities = Softmax.probabilities(row)
      distance += Self.squaredDistance(probabilities, label: Int(label))
      let largest = Self.prediction(row)
      reliability.add(probabilities[largest], isRight: largest == Int(label))
    }
    confusionMatrix = ConfusionMatrix(
      predictions: predictions, labels: labels, classCount: classCount)
    rankCounts = ranks
    self.reliability = reliability
    meanCrossEntropy = loss / Double(labels.count)
    brierScore = distance / Double(labels.count)
  }

  /// The position of the first of the largest outputs. Of two logits, that of the second if its
  /// probability is above the threshold.
  public static func prediction(
    _ outputs: some Collection<Float>, threshold: Double = 0.5
  ) -> Int {
    if threshold != ThresholdSearch.usual, outputs.count == 2 {
      let difference = Double(differences(Array(outputs))[0])
      // If one of them is no number, the other one is the prediction, as below.
      if !difference.isNaN {
        return difference > MultiLabelReport.Outputs.logits.bound(threshold) ? 1 : 0
      }
    }
    var best = (index: 0, value: -Float.infinity)
    for (index, value) in outputs.enumerated() where value > best.value {
      best = (index, value)
    }
    return best.index
  }

  /// The logit of the second of two classes for each example: its own output less that of the first.
  static func differences(_ outputs: [Float]) -> [Float] {
    stride(from: 0, to: outputs.count, by: 2).map { outputs[$0 + 1] - outputs[$0] }
  }

  /// The number of outputs ahead of the label's output; nil if that output is NaN. Of equal outputs
  /// the first is ahead, so that the prediction has rank 0.
  private static func rank(
    of label: Int, in outputs: ArraySlice<Float>, _ prediction: Int
  ) -> Int? {
    if label == prediction { return 0 }
    let own = outputs[outputs.startIndex + label]
    guard !own.isNaN else { return nil }
    let ahead = outputs.enumerated().count { $1 > own || ($1 == own && $0 < label) }
    return max(1, ahead)
  }

  private static func squaredDistance(_ probabilities: [Double], label: Int) -> Double {
    let sum = probabilities.enumerated().reduce(0) { sum, next in
      let error = next.element - (next.offset == label ? 1 : 0)
      return sum + error * error
    }
    // For two classes both errors are equal.
    return probabilities.count == 2 ? sum / 2 : sum
  }

  /// The number of examples.
  public var count: Int { confusionMatrix.exampleCount }
  /// The number of classes.
  public var classCount: Int { confusionMatrix.classCount }
  /// The share of examples whose class was predicted.
  public var accuracy: Double { confusionMatrix.accuracy }
  /// The share of examples whose label is among the `k` largest outputs.
  public func topAccuracy(_ k: Int) -> Double {
    share(rankCounts.prefix(max(0, k)).reduce(0, +), of: count)
  }
  /// For each class the share of *all* examples that are correctly assigned to it or correctly left
  /// out of it (one against the rest), as the documents print it.
  public var classWiseAccuracy: [Double] { confusionMatrix.classWiseAccuracy }
  /// For each class the share of its examples that were predicted as such; nil for a class without
  /// examples.
  public var recall: [Double?] { confusionMatrix.recall }
  /// Precision, recall and F1 over the classes that occur.
  public func precisionRecall(_ average: PrecisionRecall.Average) -> PrecisionRecall {
    confusionMatrix.precisionRecall(average)
  }
}
