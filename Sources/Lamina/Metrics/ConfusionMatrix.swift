/// The numbers of examples of class `row` that were predicted as class `column`: a collection of
/// rows.
public struct ConfusionMatrix: Sendable, Equatable {
  private var rows: [[Int]]

  /// Compares predicted classes with the right ones.
  ///
  /// - Precondition: Both have the same length and lie in `0 ..< classCount`.
  public init(
    predictions: some Collection<Int32>, labels: some Collection<Int32>, classCount: Int
  ) {
    precondition(
      predictions.count == labels.count,
      "\(predictions.count) predictions for \(labels.count) labels")
    rows = Array(repeating: Array(repeating: 0, count: classCount), count: classCount)
    for (prediction, label) in zip(predictions, labels) { rows[Int(label)][Int(prediction)] += 1 }
  }

  /// A square matrix of counts.
  public init(_ rows: [[Int]]) {
    precondition(
      rows.allSatisfy { $0.count == rows.count }, "a confusion matrix has as many columns as rows")
    self.rows = rows
  }

  /// The number of classes.
  public var classCount: Int { rows.count }
  /// The number of examples.
  public var exampleCount: Int { rows.reduce(0) { $0 + $1.reduce(0, +) } }
  /// The number of examples whose class was predicted.
  public var hits: Int { rows.indices.reduce(0) { $0 + rows[$1][$1] } }
  /// The share of examples whose class was predicted; NaN without examples.
  public var accuracy: Double { share(hits, of: exampleCount) }

  /// Each class against the rest.
  public var classCounts: [BinaryCounts] {
    let total = exampleCount
    return rows.indices.map { label in
      let hits = rows[label][label]
      let present = rows[label].reduce(0, +)
      let named = rows.reduce(0) { $0 + $1[label] }
      return BinaryCounts(
        truePositives: hits, falsePositives: named - hits, falseNegatives: present - hits,
        trueNegatives: total - named - present + hits)
    }
  }
  /// For each class the share of *all* examples that are correctly assigned to it or correctly left
  /// out of it (one against the rest), as the documents print it.
  public var classWiseAccuracy: [Double] { classCounts.map(\.accuracy) }
  /// For each class the share of its examples that were predicted as such; nil for a class without
  /// examples.
  public var recall: [Double?] { classCounts.map(\.recall) }
  /// Precision, recall and F1 over the classes that occur among the labels or the predictions, as
  /// in scikit-learn.
  public func precisionRecall(_ average: PrecisionRecall.Average) -> PrecisionRecall {
    PrecisionRecall(classCounts.filter(\.occurs), average: average)
  }
}

extension ConfusionMatrix: RandomAccessCollection, ExpressibleByArrayLiteral, Codable {
  /// The first class: 0.
  public var startIndex: Int { rows.startIndex }
  /// The number of classes.
  public var endIndex: Int { rows.endIndex }
  /// The predictions for the examples of one class.
  public subscript(label: Int) -> [Int] { rows[label] }

  /// A square matrix of counts.
  public init(arrayLiteral rows: [Int]...) { self.init(rows) }

  /// Reads an array of rows.
  public init(from decoder: any Decoder) throws {
    let rows = try decoder.singleValueContainer().decode([[Int]].self)
    guard rows.allSatisfy({ $0.count == rows.count }) else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "a confusion matrix has as many columns as rows"))
    }
    self.rows = rows
  }

  /// Writes an array of rows.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rows)
  }
}
