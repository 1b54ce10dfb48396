import Lamina
import LaminaText

/// The tables at the end of a training or an evaluation.
struct ReportText {
  /// The screen shows the confusion matrix of at most this many classes; the log has all.
  private static let mostClasses = 40

  let confusionMatrix: ConfusionMatrix
  /// The named scores that need the outputs of a network; empty without them.
  private let scores: [(name: String, value: Double)]
  let classNames: [String]

  /// The report on a network.
  ///
  /// - Parameters:
  ///   - loss: The mean loss.
  ///   - tellsProbabilities: Whether its outputs are logits or logarithms of probabilities.
  ///   - areaUnderROC: The mean over the classes; nil if it was not measured.
  init(
    report: ClassificationReport, loss: Double, tellsProbabilities: Bool,
    areaUnderROC: Double? = nil, classNames: [String]
  ) {
    confusionMatrix = report.confusionMatrix
    scores =
      [("mean loss", loss)]
      + (tellsProbabilities
        ? [
          ("log loss", report.meanCrossEntropy), ("Brier score", report.brierScore),
          ("calibration error", report.reliability.expectedCalibrationError),
        ] : [])
      + (areaUnderROC.map { [("ROC AUC", $0)] } ?? [])
      + (report.classCount > 5 ? [("top-5 accuracy", report.topAccuracy(5))] : [])
    self.classNames = classNames
  }

  /// The report on a model that predicts classes without probabilities.
  init(confusionMatrix: ConfusionMatrix, classNames: [String]) {
    self.confusionMatrix = confusionMatrix
    scores = []
    self.classNames = classNames
  }

  /// Overall accuracy, accuracy of each class, confusion matrix.
  var text: String {
    let matrix = confusionMatrix
    let macro = matrix.precisionRecall(.macro)
    let rows = scores.map { "\(Format.left($0.name, 18))\(Self.share($0.value))\n" }.joined()
    return """
      overall accuracy  \(Self.share(matrix.accuracy))  (\(matrix.hits) of \(matrix.exampleCount))
      macro average     precision \(Self.share(macro.precision)), \
      recall \(Self.share(macro.recall)), F1 \(Self.share(macro.f1))
      \(rows)
      \(classTable)
      \(confusionTable)
      """
  }

  /// A share with four decimals; `n/a` if it is undefined.
  static func share(_ value: Double?) -> String { Format.score(value) }

  private var classTable: String {
    "class-wise accuracy: the share of all examples rightly placed in or outside the class\n"
      + Self.table(confusionMatrix.classCounts, of: "class", name)
  }

  /// The scores of each class or label against the rest.
  static func table(_ counts: [BinaryCounts], of kind: String, _ name: (Int) -> String) -> String {
    let head = [kind, "accuracy", "precision", "recall", "F1", "examples"]
    let rows = counts.enumerated().map { label, counts in
      [name(label)]
        + [counts.accuracy, counts.precision, counts.recall, counts.f1].map(share)
        + ["\(counts.support)"]
    }
    return Format.table([head] + rows, numeric: Set(1..<head.count))
  }

  private var confusionTable: String {
    guard confusionMatrix.classCount <= Self.mostClasses else {
      return
        "The confusion matrix of \(confusionMatrix.classCount) classes is only in the log (--log).\n"
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
