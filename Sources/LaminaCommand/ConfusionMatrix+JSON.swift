import Lamina
import LaminaText

extension ConfusionMatrix {
  /// What logs say of it: a number a class, averages over the classes, and the matrix itself.
  var jsonMembers: [(name: String, value: JSON)] {
    let counts = classCounts
    let macro = PrecisionRecall(counts, average: .macro)
    func each(_ score: (BinaryCounts) -> Double) -> JSON {
      .array(counts.map { .number(score($0)) })
    }
    return [
      ("macro_precision", .number(macro.precision)), ("macro_recall", .number(macro.recall)),
      ("macro_f1", .number(macro.f1)), ("class_accuracy", each(\.accuracy)),
      ("class_precision", each(\.precision)), ("class_recall", each(\.recall)),
      ("class_f1", each(\.f1)),
      ("confusion_matrix", .array(map { .array($0.map(JSON.integer)) })),
    ]
  }
}
