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

  @OptionGroup var networks: NetworkOptions
  @OptionGroup var data: SyntheticDataOptions
  @OptionGroup var options: MeasurementOptions
  @OptionGroup var cases: CaseOptions

  func run() throws {
    try options.measure(CaseTable(networks: networks, data: data).steps(), cases)
  }
}

/// `lamina-benchmark epoch`
struct EpochCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "epoch",
    abstract: "Measures an epoch, including the upload of its order and the reading of its losses.")

  @OptionGroup var networks: NetworkOptions
  @OptionGroup var data: SyntheticDataOptions
  @OptionGroup var options: MeasurementOptions
  @OptionGroup var cases: CaseOptions

  func run() throws {
    try options.measure(CaseTable(networks: networks, data: data).epochs(), cases)
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
    let table = CaseTable(networks: networks, data: data)
    let training = try table.steps() + table.epochs()
    try options.measure(table.matmul + table.kernels + training, cases)
  }
}
