import ArgumentParser
import LaminaMeasurement
import LaminaText

/// `lamina-benchmark matmul`
struct MatmulCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "matmul",
    abstract: """
      Measures the matrix products of the networks' layers, rows × columns × depth, and a product \
      of 1024 × 1024 × 1024.
      """)

  @OptionGroup var networks: NetworkOptions
  @OptionGroup var options: MeasurementOptions
  @OptionGroup var cases: CaseOptions

  func run() throws {
    try options.measure(CaseTable(networks: networks).matmul, cases)
  }
}

/// `lamina-benchmark kernels`
struct KernelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernels", abstract: "Measures each operation of a training step separately.")

  @OptionGroup var networks: NetworkOptions
  @OptionGroup var options: MeasurementOptions
  @OptionGroup var cases: CaseOptions

  func run() throws {
    try options.measure(CaseTable(networks: networks).kernels, cases)
  }
}

/// `lamina-benchmark step`
struct StepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "step",
    abstract: "Measures a training step, from gathering the batch to the update.")

  @OptionGroup var layers: LayerOptions
  @OptionGroup var training: NetworkTrainingOptions
  @OptionGroup var data: SyntheticDataOptions
  @OptionGroup var options: MeasurementOptions
  @OptionGroup var cases: CaseOptions

  @Option(
    parsing: .unconditional,
    help: "Networks that are trained at once, each with a seed of its own.")
  var population = 1

  func validate() throws {
    guard (1...100_000).contains(population) else {
      throw ValidationError("--population must be from 1 to 100000")
    }
  }

  func run() throws {
    try options.measure(layers.checkedRows(training).steps(data, population: population), cases)
  }
}

/// `lamina-benchmark epoch`
struct EpochCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "epoch",
    abstract: "Measures an epoch, including the upload of its order and the reading of its losses.")

  @OptionGroup var layers: LayerOptions
  @OptionGroup var training: NetworkTrainingOptions
  @OptionGroup var data: SyntheticDataOptions
  @OptionGroup var options: MeasurementOptions
  @OptionGroup var cases: CaseOptions

  func run() throws {
    try options.measure(layers.checkedRows(training).epochs(data), cases)
  }
}

/// `lamina-benchmark inference`
struct InferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inference",
    abstract: """
      Measures a network's outputs for a data set on the device: forward passes without a loss, and \
      the copy of the outputs to the host.
      """)

  @OptionGroup var layers: LayerOptions
  @OptionGroup var data: SyntheticDataOptions
  @OptionGroup var options: MeasurementOptions
  @OptionGroup var cases: CaseOptions

  @Option(
    parsing: .unconditional,
    help: "Examples that run at once. (default: as many as suit network and device)")
  var batchSize: Int?

  func validate() throws { try LayerOptions.check(batchSize: batchSize) }

  func run() throws {
    let rows = try layers.checkedRows(batchSize: batchSize)
    try options.measure(rows.inferences(data, rows: batchSize), cases)
  }
}

/// `lamina-benchmark peak`
struct PeakCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "peak",
    abstract: "Measures the peak rates of the devices with large products and memory copies.")

  @OptionGroup var options: MeasurementOptions

  func run() throws {
    let facts = RunFacts()
    let devices = try options.openDevices()
    let reporter = options.reporter(facts)
    reporter.begin(facts, devices: devices, peaks: devices.map { _ in nil })
    let peaks = try devices.map { device in
      try Peaks.measure(device, options.plan) { reporter.add([$0]) }
    }
    for (device, peaks) in zip(devices, peaks) { reporter.add(peaks, of: device) }
  }
}

/// `lamina-benchmark all`
struct AllCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "all", abstract: "Runs matmul, kernels, step and epoch, with the peaks.")

  @OptionGroup var networks: NetworkOptions
  @OptionGroup var data: SyntheticDataOptions
  @OptionGroup var options: MeasurementOptions
  @OptionGroup var cases: CaseOptions

  func run() throws {
    let table = CaseTable(networks: networks)
    let rows = networks.rows(default: NetworkRow.table)
    let training = try rows.steps(data) + rows.epochs(data)
    try options.measure(table.matmul + table.kernels + training, cases)
  }
}
