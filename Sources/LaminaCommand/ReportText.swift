import Lamina
import LaminaText

/// The tables at the end of a training or an evaluation.
struct ReportText {
  /// More classes than this fill the screen with numbers; the log has them all.
  private static let mostClasses = 40

  let report: ClassificationReport
  let classNames: [String]

  /// Overall accuracy, accuracy of each class, confusion matrix.
  var text: String {
    let hits = report.confusionMatrix.indices.reduce(0) { $0 + report.confusionMatrix[$1][$1] }
    return """
      overall accuracy  \(Self.share(report.accuracy))  (\(hits) of \(report.count))
      mean loss         \(Format.decimal(report.meanCrossEntropy, places: 4))

      \(classTable)
      \(confusionTable)
      """
  }

  /// A share with four decimals.
  static func share(_ value: Double) -> String { Format.decimal(value, places: 4) }

  private var classTable: String {
    let head = ["class", "accuracy", "found", "images"]
    let (accuracy, recall) = (report.classWiseAccuracy, report.recall)
    let rows = report.confusionMatrix.indices.map { label in
      [
        name(label), Self.share(accuracy[label]), Self.share(recall[label]),
        "\(report.confusionMatrix[label].reduce(0, +))",
      ]
    }
    return "class-wise accuracy: rightly told from the rest, of all images; "
      + "found: of the class's own\n" + Format.table([head] + rows, numeric: [1, 2, 3])
  }

  private var confusionTable: String {
    guard report.classCount <= Self.mostClasses else {
      return "The confusion matrix of \(report.classCount) classes is in the log only (--log).\n"
    }
    let head = ["true \\ predicted"] + report.confusionMatrix.indices.map(name)
    let rows = report.confusionMatrix.enumerated().map { label, row in
      [name(label)] + row.map { $0 == 0 ? "." : "\($0)" }
    }
    return "confusion matrix\n"
      + Format.table([head] + rows, numeric: Set(0...report.classCount))
  }

  private func name(_ label: Int) -> String {
    classNames.indices.contains(label) ? classNames[label] : "\(label)"
  }
}
