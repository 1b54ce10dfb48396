import ArgumentParser
import Lamina
import LaminaDevices
import LaminaText

/// `lamina demo`: runs the same training on two devices and compares them.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Trains one network on the CPU and on an OpenCL device, and compares the two.")

  @Option(DataSelection.help, value: DataSelection.valueName) var data = DataSelection.digits

  @Option(parsing: .unconditional, help: "Passes over the training set.") var epochs = 5

  @OptionGroup var places: DeviceListArguments

  func run() throws {
    var arguments = try TrainingArguments.parse([])
    arguments.epochs = epochs
    let devices = try places.select()
    let plan = try TrainingPlan(arguments, data: data)
    var rows: [(device: DeviceDescription, outcome: TrainingOutcome)] = []
    for device in devices {
      let setUp = Stopwatch()
      let backend = try Notice.show("opening the device ...") { try device.open().backend }
      rows.append(try train(plan, on: backend, setUp))
      Terminal.standardOutput.write("\n")
    }
    Terminal.standardOutput.write(Self.table(rows))
  }

  private func train(
    _ plan: TrainingPlan, on backend: some Backend, _ setUp: Stopwatch
  ) throws -> (device: DeviceDescription, outcome: TrainingOutcome) {
    let run = try Notice.show("preparing \(backend.device.name) ...") {
      try ReportedTraining(plan, on: backend, setUp: setUp)
    }
    let console = TrainingConsole(plan, device: backend.device, isQuiet: false)
    console.start(run.productError)
    let outcome = try run.run(console: console)
    try outcome.check(modelPath: nil)
    return (backend.device, outcome)
  }

  private static func table(
    _ rows: [(device: DeviceDescription, outcome: TrainingOutcome)]
  ) -> String {
    let head = ["", "accuracy", "seconds", "samples/s", "ratio", "kernel build", "device"]
    let first = rows.first?.outcome.samplesPerSecond ?? 0
    let lines = rows.map { device, outcome in
      [
        device.selector, ReportText.share(outcome.test.report.headline.value),
        Format.decimal(outcome.times.training, places: 2), Format.rate(outcome.samplesPerSecond),
        first > 0 ? Format.decimal(outcome.samplesPerSecond / first, places: 2) : "-",
        Format.seconds(outcome.times.build), device.name,
      ]
    }
    return Format.table([head] + lines, numeric: [1, 2, 3, 4, 5])
  }
}

extension DataSelection: CustomStringConvertible {
  /// The text that the help shows as the default.
  var description: String { name }
}
