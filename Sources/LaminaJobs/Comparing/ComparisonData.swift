import Lamina
import LaminaMeasurement
package import LaminaText

extension Comparison {
  /// The comparison as JSON, with all samples.
  package var json: JSON {
    JSON([
      "lamina_version": LaminaVersion.text, "data": data, "sweep": sweep,
      "points": points.map(json), "notes": notes,
      "crossovers": sweep == nil ? [] : devices.indices.dropFirst().map(crossoverJSON),
    ])
  }

  private func json(_ point: Point) -> JSON {
    JSON([
      "value": point.value, "network": point.network.name,
      "parameters": point.network.parameterCount, "batch_size": point.options.batchSize,
      "learning_rate": point.options.rule.optimizer.learningRate,
      "momentum": point.options.rule.optimizer.momentum, "epochs": point.options.epochs,
      "seed": point.options.seed, "devices": rows(point).map(\.json),
    ])
  }

  private func crossoverJSON(_ number: Int) -> JSON {
    var size: Double?
    let kind: JSON
    switch crossover(of: number) {
    case .at(let value): (size, kind) = (value, "at")
    case .always: kind = "always"
    case .never: kind = "never"
    case .unclear: kind = "unclear"
    }
    return JSON([
      "device": devices[number].selector, "against": devices[0].selector, "kind": kind,
      "size": size,
    ])
  }

  /// The columns of the CSV file, which has a line per workload and device.
  private static let columns = [
    "value", "network", "batch_size", "device", "device_name", "samples_per_second",
    "samples_per_second_lower", "samples_per_second_upper", "samples_per_second_p95",
    "seconds_per_step", "launches_per_step", "gflops", "share_of_peak", "ratio", "ratio_lower",
    "ratio_upper", "ratio_is_real", "train_loss", "test_loss", "test_accuracy",
    "accuracy_difference", "opening_seconds", "compilation_seconds", "setup_seconds",
    "host_to_device_seconds", "host_to_device_bytes", "joules_per_thousand_samples",
  ]

  /// The comparison as CSV (RFC 4180). Values that are unknown or not finite are empty.
  package var csv: String {
    ([Self.columns] + allRows.map(\.cells)).map { cells in
      cells.map(Self.quoted).joined(separator: ",") + "\r\n"
    }.joined()
  }

  private static func quoted(_ cell: String) -> String {
    guard cell.contains(where: { ",\"\n\r".contains($0) }) else { return cell }
    return "\""
      + cell.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}

extension ComparisonRow {
  var json: JSON {
    JSON([
      "device": device.selector, "device_name": device.name, "platform": device.platform,
      "driver": device.driver, "samples_per_second": steps.samplesPerSecond,
      "interval": Self.json(steps.rateInterval), "p95": rateP95,
      "seconds_per_step": steps.secondsPerStep, "launches_per_step": steps.launches,
      "gflops": steps.operationsPerSecond / 1e9, "share_of_peak": share, "ratio": speed.value,
      "ratio_interval": Self.json(speed.interval), "ratio_is_real": number > 0 && speed.isReal,
      "train_loss": result.losses.last, "test_loss": result.testLoss,
      "test_accuracy": result.testAccuracy, "accuracy_difference": accuracy.value,
      "accuracy_difference_interval": Self.json(accuracy.interval),
      "accuracy_difference_is_real": number > 0 && accuracy.isReal, "losses": result.losses,
      "training_seconds": result.seconds, "opening_seconds": steps.openingSeconds,
      "compilation_seconds": steps.compilationSeconds, "setup_seconds": steps.setUpSeconds,
      "host_to_device_seconds": steps.hostToDeviceSeconds,
      "host_to_device_bytes": steps.hostToDeviceBytes,
      "joules_per_thousand_samples": steps.joulesPerExample.map { 1000 * $0 },
      "samples_seconds_per_step": steps.samples,
    ])
  }

  private static func json(_ interval: Interval) -> JSON {
    .array([.number(interval.lower), .number(interval.upper)])
  }

  /// The cells of a line of CSV.
  var cells: [String] {
    let (rate, ratio) = (steps.rateInterval, speed)
    return [
      Self.cell(point.value), point.network.name, "\(steps.batchSize)",
      device.selector, device.name, Self.cell(steps.samplesPerSecond), Self.cell(rate.lower),
      Self.cell(rate.upper), Self.cell(rateP95), Self.cell(steps.secondsPerStep),
      Self.cell(steps.launches), Self.cell(steps.operationsPerSecond / 1e9), Self.cell(share),
      Self.cell(ratio.value), Self.cell(ratio.interval.lower), Self.cell(ratio.interval.upper),
      "\(number > 0 && ratio.isReal)", Self.cell(result.losses.last), Self.cell(result.testLoss),
      Self.cell(result.testAccuracy), Self.cell(accuracy.value), Self.cell(steps.openingSeconds),
      Self.cell(steps.compilationSeconds), Self.cell(steps.setUpSeconds),
      Self.cell(steps.hostToDeviceSeconds), "\(steps.hostToDeviceBytes)",
      Self.cell(steps.joulesPerExample.map { 1000 * $0 }),
    ]
  }

  private static func cell(_ value: Int?) -> String { value.map(String.init) ?? "" }

  /// The number as text; empty if it is nil or not finite.
  private static func cell(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "" }
    return "\(value)"
  }
}
