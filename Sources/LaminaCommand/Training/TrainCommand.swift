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
      The first Ctrl-C ends training after the steps under way, saves the model and reports; \
      the second one ends the program.
      """)

  @Argument(
    help: ArgumentHelp(
      """
      A configuration (YAML) whose keys are these options without their dashes; options on the \
      command line go before it.
      """, valueName: "experiment.yaml"))
  var experiment: String?

  @Option(
    help: ArgumentHelp(DataSelection.help, valueName: DataSelection.valueName))
  var data: DataSelection?

  @OptionGroup(title: "Data")
  var reading: DataArguments

  @OptionGroup
  var training: TrainingArguments

  @OptionGroup
  var place: DeviceArguments

  @Option(help: ArgumentHelp("Start from the weights of this model.", valueName: "file"))
  var initialModel: String?

  @Option(help: ArgumentHelp("Write the trained model here (safetensors).", valueName: "file"))
  var model: String?

  @Option(help: ArgumentHelp("Write what happens here (JSON Lines).", valueName: "file"))
  var log: String?

  @OptionGroup
  var outputs: OutputOptions

  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast, help: "Print nothing but errors, or more.")
  var quiet = false

  /// What a configuration does not hold.
  private static let requests = ["print-config", "explain"]

  @Flag(help: "Print the configuration that all options come to, and train nothing.")
  var printConfig = false

  @Flag(
    help: """
      Show the operations of a training step and what the CPU and the OpenCL device make of them, \
      and train nothing.
      """)
  var explain = false

  func run() throws {
    guard let experiment else { return try runAlone() }
    let file = try ExperimentFile(path: experiment, for: Self.self, without: Self.requests)
    // The first two are the program and this subcommand.
    let own = CommandLine.arguments.dropFirst(2)
    try Self.parse(file.arguments + own).runAlone()
  }

  private func runAlone() throws {
    if printConfig {
      return Terminal.standardOutput.write(OptionTable(self, without: Self.requests).yaml)
    }
    guard let data else {
      throw InputError(
        "--data is missing: give the path of a data set, or digits for the built-in ones")
    }
    // Everything that can be refused is refused before the data are read or drawn.
    try fileUse(data).check()
    let device = try place.select()
    let recorders = try TrainingRecorders(log: log, outputs)
    let plan = try TrainingPlan(
      training, data: data, reading, initialModelPath: initialModel, modelPath: model)
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

  private func fileUse(_ data: DataSelection) -> FileUse {
    var use = FileUse()
    use.reads(experiment, as: "the configuration")
    use.readsData(data)
    use.readsData(reading.validation, as: "--validation")
    use.readsData(reading.test, as: "--test")
    use.reads(reading.labelFile, as: "--label-file")
    use.reads(initialModel, as: "--initial-model")
    // The model is written when its training is over, and to go on with it is common.
    use.writes(model, as: "--model", replacing: "--initial-model")
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
    // What was enqueued before is no part of the profile.
    if recorders.profile != nil { try backend.synchronize() }
    try recorders.start(run)
    Interruption.install()
    let console = TrainingConsole(plan, device: backend.device, isQuiet: quiet)
    console.start()
    let outcome = try keepingBest(of: run) {
      try run.run(console: console, recorders: recorders)
    }
    // What was measured is told even where the model cannot be saved.
    let saved = Swift.Result { if outcome.isUsable { try save(run) } }
    try recorders.result(run, outcome)
    console.finish(outcome, run.timings)
    try saved.get()
    if let path = plan.modelPath, outcome.isUsable { console.saved(path) }
    if let profile = recorders.profile {
      // Events are read when the queue is empty.
      try backend.synchronize()
      console.profile(profile)
      try Notice.show("measuring what the device can do ...", unless: quiet) {
        try profile.write(network: plan.network.text, device: backend.device)
      }
    }
    try recorders.finish()
    try outcome.check(modelPath: plan.modelPath)
  }

  /// Trains. Where the device is lost on the way, the best weights that were read go into the model.
  private func keepingBest<Outcome>(
    of run: ReportedTraining, _ train: () throws -> Outcome
  ) throws -> Outcome {
    do { return try train() } catch let error as BackendError where error.isFatal {
      guard let path = run.plan.modelPath else { throw error }
      guard let best = run.session.best else {
        throw RunError("\(error); no weights had been read that \(path) could keep")
      }
      do { try run.plan.model(best.parameters).write(to: path) } catch let problem {
        throw RunError("\(error); the model could not be written: \(problem)")
      }
      throw RunError("\(error); \(path) has the weights of epoch \(best.epoch), the best so far")
    }
  }

  private func save(_ run: ReportedTraining) throws {
    guard let path = run.plan.modelPath else { return }
    do {
      try run.plan.model(try run.session.parameters()).write(to: path)
    } catch {
      throw RunError("the model could not be written: \(error)")
    }
  }
}
