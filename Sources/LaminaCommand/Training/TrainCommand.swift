import ArgumentParser
import Lamina
import LaminaData
import LaminaDevices
import LaminaText

/// `lamina train`
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Trains a network and reports how well it does.",
    discussion: """
      The first Ctrl-C ends training after the steps under way, saves the model and prints the \
      report; the second one ends the program.
      """)

  @Argument(
    help: ArgumentHelp(
      """
      A configuration (YAML) whose keys are these options without their dashes; options on the \
      command line override it.
      """, valueName: "experiment.yaml")) var experiment: String?

  @Option(DataSelection.help, value: DataSelection.valueName) var data: DataSelection?

  @OptionGroup(title: "Data") var reading: DataArguments

  @OptionGroup
  var training: TrainingArguments

  @OptionGroup
  var place: DeviceArguments

  @Option(
    """
    Start from the weights of this model, with its network, loss and scaling; or from the tensors \
    of another program, for the network of --hidden and --activation.
    """, value: "file") var initialModel: String?

  @Option(
    """
    The layers of --initial-model by their names there, in the order of the network. (default: by \
    shapes and numbers)
    """, value: "names", parsing: .unconditional) var weightNames: LayerNames?

  @Option("Write the trained model here (safetensors).", value: "file") var model: String?

  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: """
      Write a page about the model beside it (m.md for m.safetensors): data, results, settings, and \
      how to load it in PyTorch.
      """) var card = false

  @Option("Write a log here (JSON Lines).", value: "file") var log: String?

  @OptionGroup
  var outputs: OutputOptions

  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast, help: "Print only warnings and errors.")
  var quiet = false

  /// The options that a configuration cannot set.
  private static let requests = ["print-config", "explain"]

  @Flag(help: "Print the configuration that results from all options, and train nothing.")
  var printConfig = false

  @Flag(
    help: """
      Show the operations of a training step and how the CPU and an OpenCL device run them, and \
      train nothing.
      """) var explain = false

  func run() throws {
    guard let experiment else { return try runAlone() }
    let file = try ExperimentFile(path: experiment, for: Self.self, without: Self.requests)
    // The first two arguments are the program and this subcommand.
    let own = CommandLine.arguments.dropFirst(2)
    try Self.parse(file.arguments + own).runAlone()
  }

  private func runAlone() throws {
    if printConfig {
      return Terminal.standardOutput.write(OptionTable(self, without: Self.requests).yaml)
    }
    guard let data else {
      throw InputError(
        "--data is missing: give the path of a data set, or a built-in one such as digits")
    }
    try checkCompanions()
    // Bad options are refused before the data are read or generated.
    try fileUse(data).check()
    let device = try place.select()
    let recorders = try TrainingRecorders(log: log, outputs)
    let plan = try TrainingPlan(
      training, data: data, reading, initialModelPath: initialModel,
      weightNames: weightNames, modelPath: model, cardPath: cardPath)
    if explain {
      let devices = try place.explained()
      return Terminal.standardOutput.write(try StepExplanation(plan).text(on: devices))
    }
    let setUp = Stopwatch()
    let backend = try Notice.show("opening the device ...", unless: quiet) {
      try device.open(profile: recorders.profile?.profile).backend
    }
    try train(plan, on: backend, setUp, recorders)
  }

  /// The path of the page about the model; nil if there is to be none.
  private var cardPath: String? { card ? model.map(ModelCard.path) : nil }

  /// Refuses options that need another one.
  private func checkCompanions() throws(InputError) {
    if let weightNames, initialModel == nil {
      throw InputError(
        "--weight-names \(weightNames) has no effect without --initial-model; omit it")
    }
    if card, model == nil {
      throw InputError("--card writes a page beside the model; give --model m.safetensors too")
    }
  }

  private func fileUse(_ data: DataSelection) -> FileUse {
    var use = FileUse()
    use.reads(experiment, as: "the configuration")
    use.readsData(data)
    use.readsData(reading.options.validation, as: "--validation")
    use.readsData(reading.options.test, as: "--test")
    use.reads(reading.options.labelFile, as: "--label-file")
    use.reads(initialModel, as: "--initial-model")
    // A common use is to continue a training. The model is written only when training is over.
    use.writes(model, as: "--model", replacing: "--initial-model")
    use.writes(cardPath, as: "--card")
    use.writes(log, as: "--log")
    use.writes(outputs.profile, as: "--profile")
    use.writes(into: outputs.tensorboard, as: "--tensorboard", name: "events.out.tfevents")
    return use
  }

  private func train(
    _ plan: TrainingPlan, on backend: some Backend, _ setUp: Stopwatch,
    _ recorders: TrainingRecorders
  ) throws {
    let run = try Notice.show("preparing \(backend.device.name) ...", unless: quiet) {
      try ReportedTraining(plan, on: backend, setUp: setUp)
    }
    // Earlier work in the queue is not part of the profile.
    if recorders.profile != nil { try backend.synchronize() }
    try recorders.start(run)
    Interruption.install()
    let console = TrainingConsole(plan, device: backend.device, isQuiet: quiet)
    console.start(run.productError)
    let outcome = try keepingBest(of: run) {
      try run.run(console: console, recorders: recorders)
    }
    // The results are reported even if the model cannot be saved.
    let saved = Swift.Result {
      if outcome.isUsable { try save(run, outcome, recorders) }
    }
    try recorders.result(run, outcome)
    console.finish(outcome, run.timings)
    try saved.get()
    if let path = plan.modelPath, outcome.isUsable { console.saved(path, card: plan.cardPath) }
    if let profile = recorders.profile {
      // The profile is complete when the queue is empty.
      try backend.synchronize()
      console.profile(profile)
      try Notice.show("measuring the peak rates of the device ...", unless: quiet) {
        try profile.write(network: plan.network.text, device: backend.device)
      }
    }
    try recorders.finish()
    try outcome.check(modelPath: plan.modelPath)
  }

  /// Trains. If the device is lost during training, the best weights read so far become the model.
  private func keepingBest<Outcome>(
    of run: ReportedTraining, _ train: () throws -> Outcome
  ) throws -> Outcome {
    do { return try train() } catch let error as BackendError where error.isFatal {
      guard let path = run.plan.modelPath else { throw error }
      guard let best = run.session.best else {
        throw RunError("\(error); \(path) was not written, because no weights had been read yet")
      }
      do { try run.plan.model(best.parameters, nil).write(to: path) } catch let problem {
        throw RunError("\(error); cannot write the model: \(problem)")
      }
      throw RunError("\(error); \(path) has the weights of epoch \(best.epoch), the best so far")
    }
  }

  private func save(
    _ run: ReportedTraining, _ outcome: TrainingOutcome, _ recorders: TrainingRecorders
  ) throws {
    guard let path = run.plan.modelPath else { return }
    let model: Model
    do {
      model = run.plan.model(try run.session.parameters(), outcome.chosen)
      try model.write(to: path)
    } catch { throw RunError("cannot write the model: \(error)") }
    guard let cardPath else { return }
    let settings = OptionTable(self, without: Self.requests).yaml
      .split(separator: "\n").filter { !$0.hasPrefix("#") }.map { "\($0)\n" }.joined()
    let card = ModelCard(
      run: run, outcome: outcome,
      validation: recorders.validation[outcome.bestEpoch ?? outcome.epochs], settings: settings,
      model: model, modelPath: path)
    do { try Model.write(Array(card.text.utf8), to: cardPath) } catch {
      throw RunError("cannot write the card of the model: \(error)")
    }
  }
}
