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
      Trains one-vs-one: for each pair of classes, the device computes the kernel matrix and LIBSVM \
      solves. The options are those of scikit-learn's SVC. Ctrl-C ends training after the current \
      pair of classes, without a model.
      """)

  @Option(DataSelection.help, value: DataSelection.valueName) var data: DataSelection

  @OptionGroup(title: "Data") var reading: ReadingArguments

  @OptionGroup(title: "Training") var training: SVMArguments

  @OptionGroup var place: DeviceArguments

  @Option("Write the trained model here (safetensors).", value: "file") var model: String?

  @Option("Train nothing, and evaluate this model on the test set.", value: "file")
  var load: String?

  @Option("Write a log here (JSON Lines).", value: "file") var log: String?

  @Flag(help: "Print only warnings and errors.") var quiet = false

  func run() throws {
    try fileUse.check()
    // Bad options are refused before the data are read or generated.
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
          + "machines need classes")
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
    use.readsData(reading.test, as: "--test")
    use.reads(reading.labelFile, as: "--label-file")
    // --load together with --model has an error of its own.
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
      try run.evaluate(machine, setUp, log)
    } else {
      try run.train(setUp, log)
    }
    try log?.finish()
  }

  /// Reads the data set, or for a loaded machine the examples to evaluate, by the machine's schema.
  private func read(for machine: SupportVectorMachine?) throws -> LoadedData {
    var source = data.source
    try reading.text.check(areFor: data.name)
    guard reading.validation == nil, reading.validationShare == 0 else {
      throw InputError(
        "a validation part has no effect: support vector machines are trained in one go; omit "
          + "--validation and --validation-share")
    }
    guard reading.options.embeddingAbove == nil, reading.options.embeddingWidth == nil else {
      throw InputError(
        "--embedding-above and --embedding-width are for networks: an embedding is a layer, which a "
          + "support vector machine does not have; omit them")
    }
    source.options = reading.options
    guard let machine else { return try source.read() }
    guard reading.ownOptions == DataOptions() else {
      throw InputError(
        "--load determines how its data are read; only options about the format of text can be given"
      )
    }
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
      throw InputError("--load trains nothing, so --model has nothing to write; omit --model")
    }
    let machine = try SupportVectorMachine(path: path)
    if let name = training.firstGiven {
      throw InputError(
        "--load trains nothing, so \(name) has no effect: \(path) has the kernel "
          + "\(machine.kernel.text); omit \(name)")
    }
    return machine
  }
}
