import Lamina
import LaminaText

extension ConfusionMatrix {
  /// The members for logs: scores per class, averages over the classes that occur, and the matrix.
  /// Undefined scores are null.
  var json: JSON {
    let counts = classCounts
    let macro = precisionRecall(.macro)
    return JSON([
      "macro_precision": macro.precision, "macro_recall": macro.recall, "macro_f1": macro.f1,
      "class_accuracy": counts.map(\.accuracy), "class_precision": counts.map(\.precision),
      "class_recall": counts.map(\.recall), "class_f1": counts.map(\.f1),
      "confusion_matrix": Array(self),
    ])
  }
}
