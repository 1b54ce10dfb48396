import ArgumentParser
import Lamina
import LaminaConfiguration
import LaminaData
import LaminaText

/// `lamina predict`
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Applies a model to examples whose targets need not be known.",
    discussion: """
      All examples of --data are predicted, in their order. A target column may be there and is \
      ignored. --data - reads a table from the standard input. With --index, one example of the \
      test set is shown with its prediction. docs/predict.md has examples.
      """)

  @OptionGroup var source: ModelAndData

  @Option(
    """
    The file of predictions: .csv, .jsonl (a JSON object per line) or .npy; - for the standard \
    output. (default: -)
    """, value: "path") var output: String?

  @Option(
    "The format of the output: csv, jsonl or npy. (default: by its name; csv for -)",
    value: "name") var format: PredictionFormat?

  @Flag(help: "Write the probability of each class or label too.") var probabilities = false

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      """
      Columns of the table to pass through to the output, by name or number, such as id. Can be \
      repeated.
      """, valueName: "columns"), transform: { try ColumnList(parsing: $0) })
  var keep: [ColumnList] = []

  @Option(
    "The number of examples that run at once. (default: as many as suit model and device)",
    value: "count", parsing: .unconditional) var batchSize: Int?

  @Flag(help: "Print nothing but predictions, warnings and errors.") var quiet = false

  @Option(
    "Show only the example with this index in the test set, from 0, with its target.",
    value: "index", parsing: .unconditional) var index: Int?

  func run() throws {
    if let index {
      try refuseWithIndex()
      try ShownPrediction(source: source).show(index)
    } else {
      try checkWithoutIndex()
      try PredictionRun(
        source: source, output: output ?? PredictionFile.standardOutput, format: try chosenFormat(),
        tellsProbabilities: probabilities, kept: keep.flatMap(\.columns), batchSize: batchSize,
        isQuiet: quiet
      ).run()
    }
  }

  private func refuseWithIndex() throws(InputError) {
    let given = [
      ("--output", output != nil), ("--format", format != nil), ("--probabilities", probabilities),
      ("--keep", !keep.isEmpty), ("--batch-size", batchSize != nil), ("--quiet", quiet),
    ]
    guard let option = given.first(where: \.1)?.0 else { return }
    throw InputError("\(option) is for all examples, and --index shows one; omit one of the two")
  }

  private func checkWithoutIndex() throws(InputError) {
    if source.test != nil {
      throw InputError(
        "--test goes with --index; without it, all examples of --data are predicted")
    }
    if let batchSize, !(1...1_000_000).contains(batchSize) {
      throw InputError("--batch-size is \(batchSize); it must be from 1 to 1000000")
    }
  }

  /// The format that is given or that the name of the output implies.
  private func chosenFormat() throws(InputError) -> PredictionFormat {
    if let format { return format }
    guard let output, output != PredictionFile.standardOutput else { return .csv }
    if let format = PredictionFormat(path: output) { return format }
    throw InputError(
      "the name of \(output) does not tell its format; end it in .csv, .jsonl or .npy, or give "
        + "--format")
  }
}

extension PredictionFormat: OptionValue {}
