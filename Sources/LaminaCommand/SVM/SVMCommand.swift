import ArgumentParser
import Lamina
import LaminaData
import LaminaDevices
import LaminaSVM
import LaminaText

/// `lamina svm`
struct SVMCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "svm", abstract: "Trains a support vector machine and reports how well it does.",
    discussion: """
      One decision for each two classes: the device computes the kernel matrix of their examples, \
      LIBSVM solves. Options are those of scikit-learn's SVC. Ctrl-C ends training after the \
      decision under way, without a model.
      """)

  @Option(
    help: ArgumentHelp(DataSelection.help, valueName: DataSelection.valueName))
  var data: DataSelection

  @OptionGroup(title: "Text of the data") var text: TextArguments

  @OptionGroup(title: "Training") var training: SVMArguments

  @OptionGroup var place: DeviceArguments

  @Option(help: ArgumentHelp("Write the support vectors here (safetensors).", valueName: "file"))
  var model: String?

  @Option(
    help: ArgumentHelp(
      "Train nothing; run the support vectors of this file on the test set.", valueName: "file"))
  var load: String?

  @Option(help: ArgumentHelp("Write what happens here (JSON Lines).", valueName: "file"))
  var log: String?

  @Flag(help: "Print nothing but errors.")
  var quiet = false

  func run() throws {
    try fileUse.check()
    // Everything that can be refused is refused before the data are read or drawn.
    let device = try place.select()
    let options = try training.options()
    if let model { try Safetensors.checkWritable(model) }
    let log = try log.map(RunLog.init(path:))
    let machine = try load.map(loadedMachine)
    let clock = Stopwatch()
    let loaded = try read(for: machine)
    guard loaded.schema.task == .classification else {
      throw InputError(
        "the targets of \(data.name) are for \(loaded.schema.task.rawValue), and support vector "
          + "machines tell classes apart")
    }
    try machine?.check(fits: loaded.split.test)
    let job = try SVMJob(
      data: loaded, dataName: data.name, options: options, modelPath: model, loadedPath: load,
      dataSeconds: clock.seconds, isQuiet: quiet)
    let setUp = Stopwatch()
    let backend = try Notice.show("opening the device ...", unless: quiet) {
      try device.open().backend
    }
    try run(job, machine, on: backend, setUp, log)
  }

  private var fileUse: FileUse {
    var use = FileUse()
    use.readsData(data)
    // --load has nothing to write for --model, which says so itself.
    use.reads(load, as: "--load")
    use.writes(model, as: "--model", replacing: "--load")
    use.writes(log, as: "--log")
    return use
  }

  private func run(
    _ job: SVMJob, _ machine: SupportVectorMachine?, on backend: some Backend, _ setUp: Stopwatch,
    _ log: RunLog?
  ) throws {
    let run = SVMRun(job, on: backend)
    if let machine {
      log?.write(run.startEvent(kernel: machine.kernel))
      run.timings.setUp = max(0, setUp.seconds - backend.report.buildSeconds)
      try run.evaluate(machine, log)
    } else {
      try run.train(setUp, log)
    }
    try log?.finish()
  }

  /// The data set; for a trained machine the examples to measure, read by what it knows.
  private func read(for machine: SupportVectorMachine?) throws -> LoadedData {
    var source = data.source
    try text.check(areFor: data.name)
    text.apply(to: &source.options)
    guard let machine else { return try source.read() }
    guard let schema = machine.schema else {
      Notice.warn(Model.olderNotice)
      return try source.read()
    }
    source.schema = schema
    let (test, decisions) = try source.readTest()
    return LoadedData(
      split: DatasetSplit(train: test, test: test), schema: schema, decisions: decisions)
  }

  private func loadedMachine(_ path: String) throws -> SupportVectorMachine {
    guard model == nil else {
      throw InputError("--load trains nothing, so there is nothing to write for --model")
    }
    let machine = try SupportVectorMachine(path: path)
    if let name = training.firstGiven {
      throw InputError(
        "--load trains nothing, so \(name) has no effect: \(path) has the kernel "
          + "\(machine.kernel.text); leave \(name) out")
    }
    return machine
  }
}
