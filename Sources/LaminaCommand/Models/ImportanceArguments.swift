import ArgumentParser
import Lamina
import LaminaData
import LaminaText

/// The options of the importance of inputs.
struct ImportanceArguments: ParsableArguments {
  @Flag(
    help: """
      Measure how much the score drops when the values of each input column are dealt out to other \
      examples.
      """) var importance = false

  @Option(parsing: .unconditional, help: "The number of permutations of each column. (default: 5)")
  var importanceRepeats: Int?

  @Option(parsing: .unconditional, help: "The seed of the permutations. (default: 1)")
  var importanceSeed: UInt64?

  var repeats: Int { importanceRepeats ?? 5 }
  var seed: UInt64 { importanceSeed ?? 1 }

  /// Refuses options that have no effect.
  func check() throws(InputError) {
    let given = [
      ("--importance-repeats", importanceRepeats != nil),
      ("--importance-seed", importanceSeed != nil),
    ]
    if !importance, let option = given.first(where: \.1)?.0 {
      throw InputError("\(option) has no effect without --importance")
    }
    guard (1...10_000).contains(repeats) else {
      throw InputError("--importance-repeats is \(repeats); it must be from 1 to 10000")
    }
  }

  /// The input columns of a model; nil if no importance is wanted.
  func groups(of model: Model, _ dataset: Dataset) throws(InputError) -> [PermutationImportance
    .Group]?
  {
    guard importance else { return nil }
    let columns = model.schema?.columns ?? []
    guard dataset.imageSize == nil else {
      throw InputError(
        "--importance is for the columns of tables and arrays, and the examples of \(dataset.name) "
          + "are pictures")
    }
    guard !columns.isEmpty else {
      return (0..<dataset.features).map { input in
        PermutationImportance.Group(
          name: dataset.featureNames.isEmpty ? "\(input)" : dataset.featureNames[input],
          inputs: [input])
      }
    }
    return zip(columns, model.schema?.inputPlaces ?? []).map { column, inputs in
      PermutationImportance.Group(name: column.name, inputs: inputs)
    }
  }
}

/// The importance of the inputs of a model, as `lamina evaluate` prints it.
struct ImportanceResult {
  /// The score that drops.
  let score: TaskReport.Score
  let repeats: Int
  let seed: UInt64
  /// The importances, the largest mean first.
  let columns: [PermutationImportance]

  init(
    _ columns: [PermutationImportance], score: TaskReport.Score, repeats: Int, seed: UInt64
  ) {
    (self.score, self.repeats, self.seed) = (score, repeats, seed)
    // Importances that are not defined stand last.
    func rank(_ column: PermutationImportance) -> Double {
      column.mean.isNaN ? -.infinity : column.mean
    }
    self.columns = columns.sorted { rank($0) > rank($1) }
  }

  /// The table.
  var text: String {
    let head = ["column", "mean drop", "deviation"]
    let rows = columns.map { [$0.name, ReportText.share($0.mean), ReportText.share($0.deviation)] }
    return
      "\npermutation importance: the drop of the \(score.name) \(ReportText.share(score.value)), "
      + "over \(repeats) permutations (seed \(seed))\n"
      + Format.table([head] + rows, numeric: [1, 2])
  }

  /// The member of `--json`.
  var json: JSON {
    JSON([
      "importance": JSON([
        "score": score.key, "repeats": repeats, "seed": seed,
        "columns": columns.map { column in
          JSON([
            "name": column.name, "mean": column.mean, "deviation": column.deviation,
            "drops": column.drops,
          ])
        },
      ])
    ])
  }
}
