import ArgumentParser
import Lamina
import LaminaData
import LaminaDevices
import LaminaText

/// `lamina cross-validate`
struct CrossValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cross-validate",
    abstract: "Trains a network once for each fold of the data, and reports means and spreads.",
    discussion: """
      Scalings, categories and what replaces missing values are fitted to each fold's own training \
      part. No model is written. The first Ctrl-C ends it with the folds that are done.
      """)

  @Argument(
    help: ArgumentHelp(
      """
      A configuration (YAML) whose keys are these options without their dashes; options on the \
      command line override it.
      """, valueName: "experiment.yaml")) var experiment: String?

  @Option(DataSelection.help, value: DataSelection.valueName) var data: DataSelection?

  @OptionGroup(title: "Folds") var division: FoldArguments

  @OptionGroup(title: "Data") var reading: DataArguments

  @OptionGroup var training: TrainingArguments

  @OptionGroup var place: DeviceArguments

  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast, help: "Print only the table of all folds.")
  var quiet = false

  @Flag(help: "Print one JSON object instead of lines and a table (docs/files.md).") var json =
    false

  func run() throws {
    guard let experiment else { return try runAlone() }
    let file = try ExperimentFile(path: experiment, for: Self.self, without: ["json"])
    // The first two arguments are the program and this subcommand.
    try Self.parse(file.arguments + CommandLine.arguments.dropFirst(2)).runAlone()
  }

  private func runAlone() throws {
    guard let data else {
      throw InputError(
        "--data is missing: give the path of a data set, or a built-in one such as digits")
    }
    try division.check()
    try checkParts()
    let device = try place.select()
    // Options that are wrong for any data are refused before the data are read.
    _ = try training.options()
    var source = data.source
    source.options = reading.options
    source.embeddingBound = DataSource.usualEmbeddingBound
    source.options.groupColumn = division.groupColumn.map { ColumnReference($0) }
    let examples = try source.readUnsplit()
    if division.groupColumn != nil, examples.groups == nil {
      throw InputError("--group-column is for text tables, and \(data.name) is none; omit it")
    }
    // A number of folds that cannot be is refused before the device is opened.
    _ = try folds(of: examples, division: 0)
    let backend = try device.open().backend
    Interruption.install()
    if !quiet, !json { tell(examples, data.name, backend.device.name) }
    let results = try results(examples, on: backend)
    guard !results.folds.isEmpty || Interruption.signalNumber == nil else {
      throw interrupted(kept: nil)
    }
    write(results, data.name, backend.device.name)
    if Interruption.signalNumber != nil {
      throw interrupted(kept: "the table has the folds that were done")
    }
  }

  /// Refuses options about parts, which the folds are.
  private func checkParts() throws(InputError) {
    let options = reading.options
    let given = [
      ("--test", options.test != nil), ("--test-share", options.testShare != nil),
      ("--validation", options.validation != nil),
    ]
    if let (name, _) = given.first(where: \.1) {
      throw InputError(
        "\(name) has no effect in a cross-validation, in which each fold is the test part once; omit it"
      )
    }
  }

  private func interrupted(kept: String?) -> Interrupted {
    Interrupted(
      signalNumber: Interruption.signalNumber ?? 0, activity: "the cross-validation", kept: kept)
  }

  private func tell(_ examples: UnsplitData, _ name: String, _ device: String) {
    Terminal.standardOutput.write(
      "\(name): \(examples.count) examples, \(division.folds) folds"
        + (division.repeats > 1 ? ", \(division.repeats) divisions" : "") + ", on \(device)\n"
        + examples.decisions.text)
  }

  private func folds(
    of examples: UnsplitData, division: Int
  ) throws -> [(train: [Int], test: [Int])] {
    try self.division.rows(
      of: examples, division: division, isStratified: reading.options.stratify,
      seed: reading.options.splitSeed)
  }

  /// Trains fold after fold, until a signal arrives.
  private func results(_ examples: UnsplitData, on backend: some Backend) throws -> FoldResults {
    var results = FoldResults()
    for division in 0..<self.division.repeats {
      let folds = try folds(of: examples, division: division)
      for (number, rows) in folds.enumerated() {
        let clock = Stopwatch()
        let data = try examples.split(training: rows.train, testing: rows.test)
        let resolved = try ResolvedTraining(training, data.split, reading)
        let session = try TrainingSession(resolved.setup(), on: backend)
        let outcome = try session.run(shouldStop: { Interruption.signalNumber != nil })
        // A fold that was cut short says nothing of the settings.
        if Interruption.signalNumber != nil { return results }
        let fold = FoldResults.Fold(
          division: division + 1, number: number + 1, data.split, outcome, seconds: clock.seconds)
        results.add(fold)
        guard !quiet, !json else { continue }
        Terminal.standardOutput.write(
          FoldResults.line(fold, of: folds.count, self.division.repeats))
      }
    }
    return results
  }

  private func write(_ results: FoldResults, _ name: String, _ device: String) {
    guard json else { return Terminal.standardOutput.write(results.text) }
    let head = JSON([
      "data": name, "device": device, "division_count": division.repeats,
      "fold_count": division.folds,
    ])
    Terminal.standardOutput.write((head + results.json).text + "\n")
  }
}
