/// How well the outputs of a network name the classes of a data set.
public struct ClassificationReport: Sendable, Codable, Equatable {
  /// How often an example of class `row` was taken for class `column`.
  public let confusionMatrix: [[Int]]
  /// The mean of `-ln softmax(outputs)[label]`.
  public let meanCrossEntropy: Double

  /// Compares outputs, example by example, with labels.
  ///
  /// The first of equal largest outputs is the prediction. An output that is not a number never
  /// wins; an example all of whose outputs are not numbers counts as class 0.
  public init(outputs: [Float], labels: [Int32], classCount: Int) {
    var matrix = [[Int]](repeating: [Int](repeating: 0, count: classCount), count: classCount)
    var loss = 0.0
    for (example, label) in labels.enumerated() {
      let row = outputs[example * classCount..<(example + 1) * classCount]
      matrix[Int(label)][Self.prediction(row)] += 1
      loss += Softmax.crossEntropy(row, label: Int(label))
    }
    confusionMatrix = matrix
    meanCrossEntropy = labels.isEmpty ? 0 : loss / Double(labels.count)
  }

  /// The position of the first of the largest outputs.
  public static func prediction(_ outputs: some Collection<Float>) -> Int {
    var best = (index: 0, value: -Float.infinity)
    for (index, value) in outputs.enumerated() where value > best.value {
      best = (index, value)
    }
    return best.index
  }

  /// The number of examples.
  public var count: Int { confusionMatrix.reduce(0) { $0 + $1.reduce(0, +) } }
  /// The number of classes.
  public var classCount: Int { confusionMatrix.count }
  /// The share of examples whose class was named.
  public var accuracy: Double {
    share(confusionMatrix.indices.reduce(0) { $0 + confusionMatrix[$1][$1] })
  }
  /// For each class the share of *all* examples that are rightly in it or rightly out of it (one
  /// against the rest), as the documents print it.
  public var classWiseAccuracy: [Double] {
    confusionMatrix.indices.map { label in
      let missed = confusionMatrix[label].reduce(0, +) - confusionMatrix[label][label]
      let wronglyNamed =
        confusionMatrix.reduce(0) { $0 + $1[label] } - confusionMatrix[label][label]
      return share(count - missed - wronglyNamed)
    }
  }
  /// For each class the share of its examples that were named.
  public var recall: [Double] {
    confusionMatrix.indices.map { label in
      let all = confusionMatrix[label].reduce(0, +)
      return all == 0 ? 0 : Double(confusionMatrix[label][label]) / Double(all)
    }
  }

  private func share(_ examples: Int) -> Double {
    count == 0 ? 0 : Double(examples) / Double(count)
  }
}
