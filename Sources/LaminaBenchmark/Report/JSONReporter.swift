import Lamina
import LaminaDevices
import LaminaMeasurement
import LaminaText

/// Prints a JSON object per line and measurement, with the details that the table leaves out.
struct JSONReporter: Reporter {
  let facts: RunFacts

  func begin(_ facts: RunFacts, devices: [OpenDevice], peaks: [Peaks?]) {}

  func add(_ measurements: [Measurement]) {
    for measurement in measurements { writeLine(json(measurement)) }
  }

  func add(_ peaks: Peaks, of device: OpenDevice) {
    let members: KeyValuePairs<String, JSON> = [
      "case": .string("peaks"),
      "device": .string(device.description.selector),
      "gflops": .number(peaks.operationsPerSecond / 1e9),
      "gigabytes_per_second": .number(peaks.bytesPerSecond / 1e9),
    ]
    writeLine(Self.joined([members, Self.device(device), run]))
  }

  private func json(_ measurement: Measurement) -> String {
    Self.joined([
      Self.identity(measurement), Self.figures(measurement), Self.sampling(measurement),
      Self.device(measurement.device), run,
    ])
  }

  private var run: KeyValuePairs<String, JSON> {
    [
      "commit": .optional(facts.commit),
      "date": .string(facts.date),
      "command": .string(facts.command),
    ]
  }

  private static func identity(_ measurement: Measurement) -> KeyValuePairs<String, JSON> {
    let label = measurement.label
    return [
      "case": .string(label.group.rawValue),
      "network": label.network.map { .array($0.sizes.map(JSON.integer)) } ?? .null,
      "layers": .optional(label.network?.layers),
      "loss": label.group.isTraining ? .optional(label.network?.description.loss.name) : .null,
      "optimizer": label.group.isTraining ? .optional(label.network?.optimizer.name) : .null,
      "parameters": .optional(label.network?.description.parameterCount),
      "batch_size": .optional(measurement.batchSize),
      "device": .string(measurement.device.description.selector),
      "operation": .string(label.operation),
      "shape": .array(label.shape.map(JSON.integer)),
      "data_count": .optional(label.dataCount),
      "population": .integer(label.population),
      "precision": .string(measurement.device.backend.precision.rawValue),
      "product_error": .optional(measurement.productError?.largest),
    ]
  }

  private static func figures(_ measurement: Measurement) -> KeyValuePairs<String, JSON> {
    let statistics = measurement.statistics
    let isStep = measurement.label.group == .step
    let losses = measurement.losses
    return [
      "samples_per_second": .optional(measurement.examplesPerSecond),
      (isStep ? "microseconds_per_step" : "microseconds"): .number(1e6 * statistics.median),
      "first_loss": .optional(losses?.first),
      "last_loss": .optional(losses?.last),
      "minimum_microseconds": .number(1e6 * statistics.minimum),
      "spread": .number(statistics.spread),
      "gflops": .optional(measurement.operationsPerSecond.map { $0 / 1e9 }),
      "gigabytes_per_second": .optional(measurement.bytesPerSecond.map { $0 / 1e9 }),
      "share_of_peak": .optional(measurement.shareOfPeak),
      "ratio": .optional(measurement.speedRatio),
    ]
  }

  private static func sampling(_ measurement: Measurement) -> KeyValuePairs<String, JSON> {
    [
      "samples_microseconds": .array(measurement.samples.map { .number(1e6 * $0) }),
      "runs_per_sample": .integer(measurement.runsPerSample),
      "preparation_seconds": .number(measurement.preparationSeconds),
      "first_run_seconds": .number(measurement.firstRunSeconds),
      "peak_gflops": .optional(measurement.peaks.map { $0.operationsPerSecond / 1e9 }),
      "peak_gigabytes_per_second": .optional(measurement.peaks.map { $0.bytesPerSecond / 1e9 }),
    ]
  }

  private static func device(_ device: OpenDevice) -> KeyValuePairs<String, JSON> {
    let description = device.description
    let libraries = description.libraries.sorted { $0.key < $1.key }
    return [
      "device_name": .string(description.name),
      "platform": .string(description.platform),
      "driver": .string(description.driver),
      "libraries": .string(libraries.map { "\($0.key) \($0.value)" }.joined(separator: ", ")),
      "compute_units": .integer(description.computeUnits),
      "opening_seconds": .number(device.openingSeconds),
      "build_seconds": .number(device.buildSeconds),
    ]
  }

  /// An object with the members of all parts.
  private static func joined(_ parts: [KeyValuePairs<String, JSON>]) -> String {
    "{" + parts.map { JSON.object($0).text.dropFirst().dropLast() }.joined(separator: ",") + "}"
  }
}
