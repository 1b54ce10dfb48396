import Lamina
import LaminaText

/// The scores of the folds of a cross-validation, with their means and spreads.
struct FoldResults {
  /// One fold.
  struct Fold {
    /// The division into folds and the fold in it, from 1.
    let division, number: Int
    let trainCount, testCount, epochs: Int
    /// The loss of the test part, and its scores.
    let scores: [(key: String, name: String, value: Double?)]
    let seconds: Double

    init(
      division: Int, number: Int, _ data: DatasetSplit, _ outcome: TrainingOutcome, seconds: Double
    ) {
      (self.division, self.number, self.seconds) = (division, number, seconds)
      trainCount = data.train.count
      testCount = data.test.count
      epochs = outcome.epochs
      let report = outcome.test.report
      let macro: [(key: String, name: String, value: Double?)]
      if case .classes(let classes) = report {
        macro = [("macro_f1", "macro F1", classes.precisionRecall(.macro).f1)]
      } else {
        macro = []
      }
      scores =
        [("loss", "loss", outcome.test.loss.isFinite ? outcome.test.loss : nil)]
        + report.scores.map { ($0.key, $0.name, $0.value) } + macro
    }
  }

  private(set) var folds: [Fold] = []

  mutating func add(_ fold: Fold) { folds.append(fold) }

  /// A score of all folds.
  struct Summary {
    let key, name: String
    let values: [Double?]

    /// The mean of the folds where the score is defined; nil where it is in none.
    var mean: Double? {
      let known = values.compactMap(\.self)
      return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
    }
    /// The standard deviation, with one less than their number as the divisor; nil for one fold.
    var deviation: Double? {
      let known = values.compactMap(\.self)
      guard let mean, known.count > 1 else { return nil }
      let squares = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (squares / Double(known.count - 1)).squareRoot()
    }
  }

  /// Each score over all folds.
  var summaries: [Summary] {
    (folds.first?.scores ?? []).indices.map { place in
      Summary(
        key: folds[0].scores[place].key, name: folds[0].scores[place].name,
        values: folds.map { $0.scores[place].value })
    }
  }

  /// The line of a fold, printed when it is done.
  static func line(_ fold: Fold, of folds: Int, _ divisions: Int) -> String {
    let division = divisions > 1 ? "division \(fold.division)/\(divisions)  " : ""
    let scores = fold.scores.prefix(2).map { "\($0.name) \(Format.score($0.value))" }
    return
      "\(division)fold \(fold.number)/\(folds)  \(fold.trainCount) to train, \(fold.testCount) to "
      + "test  \(scores.joined(separator: "  "))  \(Format.decimal(fold.seconds, places: 2)) s\n"
  }

  /// The table of means and spreads.
  var text: String {
    let rows = summaries.map { summary in
      let known = summary.values.compactMap(\.self)
      return [
        summary.name, Format.score(summary.mean), Format.score(summary.deviation),
        Format.score(known.min()), Format.score(known.max()),
      ]
    }
    let number = folds.count == 1 ? "1 fold" : "\(folds.count) folds"
    return "\n\(number); spread is the standard deviation with one less than that as the divisor\n"
      + Format.table(
        [["score", "mean", "spread", "least", "largest"]] + rows, numeric: [1, 2, 3, 4])
  }

  /// All folds and their summaries as one object's members.
  var json: JSON {
    .object([
      "folds": .array(
        folds.map { fold in
          JSON([
            "division": fold.division, "fold": fold.number, "train_examples": fold.trainCount,
            "test_examples": fold.testCount, "epochs": fold.epochs, "seconds": fold.seconds,
          ]) + .object(fold.scores.map { (name: $0.key, value: .optional($0.value)) })
        }),
      "scores": .object(
        summaries.map { summary in
          (
            name: summary.key,
            value: JSON(["mean": summary.mean, "standard_deviation": summary.deviation])
          )
        }),
    ])
  }
}
