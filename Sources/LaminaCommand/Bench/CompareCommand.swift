import ArgumentParser
import Lamina
import LaminaData
import LaminaDevices
import LaminaJobs
import LaminaMeasurement
import LaminaReport
import LaminaText

/// `lamina compare`
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Trains one network on several devices and says which is faster.",
    discussion: """
      The devices take turns to time samples of steps (A B A B). Then each trains the same epochs \
      with the same seed and batches. A difference counts only if its 95 % interval excludes \
      equality.
      """)

  @OptionGroup var places: DeviceListArguments

  @Option(DataSelection.help + " It must have classes.", value: DataSelection.valueName)
  var data = DataSelection.digits

  @OptionGroup(title: "Data") var reading: DataArguments

  @OptionGroup(title: "Network and training") var training: TrainingArguments

  @Option(
    help: ArgumentHelp(
      "Compare at several sizes: batch-size=16,64,256, or width=64,256 for all hidden layers.",
      valueName: "option=sizes"), transform: Sweep.init(parsing:)) var sweep: [Sweep] = []

  @Option(parsing: .unconditional, help: "Passes over the training set at each size of --sweep.")
  var sweepEpochs = 1

  @Option(parsing: .unconditional, help: "The number of samples of each device.") var samples = 15

  @Option(parsing: .unconditional, help: "The minimum duration of a sample, in seconds.")
  var sampleSeconds = 0.1

  @Flag(inversion: .prefixedNo, help: "Measure the peak rate of each device first.") var peak = true

  @Flag(help: "Print JSON instead of tables.") var json = false

  @Option("Write the figures here as CSV.", value: "file") var csv: String?

  @Option("Write a page with charts here (HTML).", value: "file") var report: String?

  func run() throws {
    var use = FileUse()
    use.readsData(data)
    use.readsData(reading.options.validation, as: "--validation")
    use.readsData(reading.options.test, as: "--test")
    use.reads(reading.options.labelFile, as: "--label-file")
    use.writes(csv, as: "--csv")
    use.writes(report, as: "--report")
    try use.check()
    let outputs = try OutputFiles([csv, report])
    guard (2...100_000).contains(samples), sampleSeconds > 0, sampleSeconds <= 3600 else {
      throw InputError("give 2 to 100000 samples, of more than 0 and at most 3600 seconds")
    }
    // An unknown device is refused before the data are read.
    let devices = try places.select()
    guard devices.count > 1 else {
      throw InputError(
        "--devices names one device; two or more can be compared, such as cpu,opencl")
    }
    let plan = try TrainingPlan(training, data: data, reading)
    _ = try plan.data.test.labels()
    let sweeps = try (sweep.isEmpty ? [nil] : sweep.map(Optional.some)).map { sweep in
      (sweep?.option, try cases(of: sweep, plan))
    }
    Interruption.install()
    let comparisons = try measure(plan, devices, sweeps)
    try write(comparisons, plan.decisions, outputs)
  }

  private func cases(of sweep: Sweep?, _ plan: TrainingPlan) throws -> [ComparisonRun.Case] {
    guard let sweep else {
      return [ComparisonRun.Case(plan.setup)]
    }
    return try sweep.values.map { value in
      var setup = plan.setup
      setup.options.epochs = sweepEpochs
      switch sweep.option {
      case .batchSize: setup.options.batchSize = value
      case .width: setup.network = setup.network.withHidden(width: value)
      }
      try setup.options.validate(exampleCount: setup.data.train.count)
      try setup.network.validate()
      try TrainingPlan.checkMemory(
        for: setup.network, batchSize: setup.options.batchSize(of: setup.data.train.count))
      setup.initial = NetworkParameters(
        for: setup.network, initialization: plan.initialization, seed: setup.options.seed)
      try setup.validate()
      return ComparisonRun.Case(value: value, setup)
    }
  }

  private func measure(
    _ plan: TrainingPlan, _ devices: [ChosenDevice],
    _ sweeps: [(option: Sweep.Option?, cases: [ComparisonRun.Case])]
  ) throws -> [Comparison] {
    let open = try Notice.show("opening the devices ...") { try devices.map { try $0.open() } }
    let peaks: [Double?] =
      peak
      ? try Notice.show("measuring the peak rates of the devices ...") {
        try Peaks.measure(open).map(\.operationsPerSecond)
      } : open.map { _ in nil }
    let run = ComparisonRun(
      devices: open, peaks: peaks,
      plan: SamplingPlan(samples: samples, sampleSeconds: sampleSeconds), dataName: plan.dataName)
    return try sweeps.map { option, cases in
      let comparison = try Notice.show("measuring ...") {
        try run.run(
          cases, sweep: option?.rawValue, shouldStop: { Interruption.signalNumber != nil })
      }
      guard let comparison else {
        throw Interrupted(
          signalNumber: Interruption.signalNumber ?? 2, activity: "the comparison", kept: nil)
      }
      return comparison
    }
  }

  private func write(
    _ comparisons: [Comparison], _ decisions: [DataDecision], _ outputs: OutputFiles
  ) throws {
    if let csv { try outputs.write(comparisons.map(\.csv).joined(separator: "\r\n"), to: csv) }
    if let report {
      // The page is made from the JSON, so that lamina report shows the same for --json.
      let results = comparisons.compactMap { ComparisonResults(json: $0.json.text) }
      try outputs.write(ReportInputs(results).page.html, to: report)
    }
    let text =
      json
      ? comparisons.map { $0.json.text + "\n" }.joined()
      : decisions.text + comparisons.map(\.text).joined(separator: "\n")
    if json { Notice.tell(decisions) }
    Terminal.standardOutput.write(text)
  }
}

/// The option that `--sweep` varies, and its sizes.
struct Sweep {
  enum Option: String, CaseIterable {
    case batchSize = "batch-size"
    case width
  }

  let option: Option
  let values: [Int]

  init(parsing text: String) throws {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let option = Option(rawValue: String(parts[0])) else {
      throw InputError("give batch-size=16,64,256 or width=64,256 to --sweep")
    }
    self.option = option
    values = try Sizes.parse(parts[1])
    guard values.count > 1, values == Set(values).sorted() else {
      throw InputError("--sweep needs two or more sizes, each larger than the one before")
    }
  }
}

extension NetworkDescription {
  /// The network with another size of all hidden dense layers.
  fileprivate func withHidden(width: Int) -> NetworkDescription {
    var network = self
    for index in network.layers.indices.dropLast() {
      if case .dense(_, let activation) = network.layers[index] {
        network.layers[index] = .dense(outputs: width, activation: activation)
      }
    }
    return network
  }
}
