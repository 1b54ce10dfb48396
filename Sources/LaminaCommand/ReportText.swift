import Lamina

/// The tables at the end of a training or an evaluation.
struct ReportText {
  /// More classes than this fill the screen with numbers; the log has them all.
  private static let mostClasses = 40

  let confusionMatrix: ConfusionMatrix
  /// Nil where classes have no probabilities.
  let meanLoss: Double?
  let classNames: [String]

  /// For a network, whose outputs are logits.
  init(report: ClassificationReport, classNames: [String]) {
    confusionMatrix = report.confusionMatrix
    meanLoss = report.meanCrossEntropy
    self.classNames = classNames
  }

  /// For what only names classes.
  init(confusionMatrix: ConfusionMatrix, classNames: [String]) {
    self.confusionMatrix = confusionMatrix
    meanLoss = nil
    self.classNames = classNames
  }

  /// Overall accuracy, accuracy of each class, confusion matrix.
  var text: String {
    let matrix = confusionMatrix
    let loss = meanLoss.map { "\nmean loss         \(Format.decimal($0, places: 4))" } ?? ""
    return """
      overall accuracy  \(Self.share(matrix.accuracy))  (\(matrix.hits) of \(matrix.exampleCount))\
      \(loss)

      \(classTable)
      \(confusionTable)
      """
  }

  /// A share with four decimals.
  static func share(_ value: Double) -> String { Format.decimal(value, places: 4) }

  private var classTable: String {
    let head = ["class", "accuracy", "found", "images"]
    let (accuracy, recall) = (confusionMatrix.classWiseAccuracy, confusionMatrix.recall)
    let rows = confusionMatrix.indices.map { label in
      [
        name(label), Self.share(accuracy[label]), Self.share(recall[label]),
        "\(confusionMatrix[label].reduce(0, +))",
      ]
    }
    return "class-wise accuracy: rightly told from the rest, of all images; "
      + "found: of the class's own\n" + Format.table([head] + rows, numeric: [1, 2, 3])
  }

  private var confusionTable: String {
    guard confusionMatrix.classCount <= Self.mostClasses else {
      return "The confusion matrix of \(confusionMatrix.classCount) classes is in the log only (--log).\n"
    }
    let head = ["true \\ predicted"] + confusionMatrix.indices.map(name)
    let rows = confusionMatrix.enumerated().map { label, row in
      [name(label)] + row.map { $0 == 0 ? "." : "\($0)" }
    }
    return "confusion matrix\n"
      + Format.table([head] + rows, numeric: Set(0...confusionMatrix.classCount))
  }

  private func name(_ label: Int) -> String {
    classNames.indices.contains(label) ? classNames[label] : "\(label)"
  }
}
