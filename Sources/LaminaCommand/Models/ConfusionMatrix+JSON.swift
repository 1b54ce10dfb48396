import Lamina
import LaminaText

extension ConfusionMatrix {
  /// The members for logs: scores per class, averages over the classes that occur, and the matrix.
  /// Undefined scores are null.
  var jsonMembers: [(name: String, value: JSON)] {
    let counts = classCounts
    let macro = precisionRecall(.macro)
    func each(_ score: (BinaryCounts) -> Double?) -> JSON {
      .array(counts.map { .optional(score($0)) })
    }
    return [
      ("macro_precision", .optional(macro.precision)), ("macro_recall", .optional(macro.recall)),
      ("macro_f1", .optional(macro.f1)), ("class_accuracy", each(\.accuracy)),
      ("class_precision", each(\.precision)), ("class_recall", each(\.recall)),
      ("class_f1", each(\.f1)),
      ("confusion_matrix", .array(map { .array($0.map(JSON.integer)) })),
    ]
  }
}
