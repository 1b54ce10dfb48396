import Lamina
import LaminaMeasurement
import LaminaText

/// The results of a comparison for one workload on one device.
struct ComparisonRow {
  let point: Comparison.Point
  let number: Int
  let comparison: Comparison

  var device: DeviceDescription { comparison.devices[number] }
  var steps: StepMeasurement { point.steps[number] }
  var result: TrainingResult { point.results[number] }
  var share: Double? { comparison.peaks[number].map { steps.operationsPerSecond / $0 } }
  /// The rate that 95 % of the samples reach.
  var rateP95: Double { Double(steps.batchSize) / steps.p95 }
  var speed: Comparison.Difference { point.speed(of: number) }
  var accuracy: Comparison.Difference { point.accuracy(of: number) }
}

extension Comparison {
  func rows(_ point: Point) -> [ComparisonRow] {
    devices.indices.map { ComparisonRow(point: point, number: $0, comparison: self) }
  }

  var allRows: [ComparisonRow] { points.flatMap(rows) }

  /// The comparison as tables for a terminal.
  package var text: String {
    let names = devices.map { "\($0.selector)  \($0.name)" }.joined(separator: "\n")
    let body = sweep == nil ? points.map(detail).joined(separator: "\n") : sweepText
    return names + "\n" + notes.map { $0 + "\n" }.joined() + "\n" + body
  }

  private func detail(_ point: Point) -> String {
    let rows = rows(point)
    let speed =
      [
        [
          "", "samples/s", "95 % interval", "p95", "µs/step", "launches", "GFLOP/s", "of peak",
          "J/1000",
        ]
      ]
      + rows.map { row in
        [
          row.device.selector, Format.rate(row.steps.samplesPerSecond),
          Self.text(row.steps.rateInterval),
          Format.rate(row.rateP95), Format.threeDigits(1e6 * row.steps.secondsPerStep),
          row.steps.launches.map(String.init) ?? "-",
          Format.threeDigits(row.steps.operationsPerSecond / 1e9), Format.percent(row.share),
          Format.threeDigits(row.steps.joulesPerExample.map { 1000 * $0 }),
        ]
      }
    let times =
      [["", "opening", "compilation", "set-up", "host to device", "training"]]
      + rows.map { row in
        [
          row.device.selector, Format.seconds(row.steps.openingSeconds),
          Format.seconds(row.steps.compilationSeconds), Format.seconds(row.steps.setUpSeconds),
          "\(Format.decimal(1e3 * row.steps.hostToDeviceSeconds, places: 1)) ms",
          Format.seconds(row.result.seconds),
        ]
      }
    let quality =
      [["", "train loss", "test loss", "test accuracy", "difference"]]
      + rows.map { row in
        [
          row.device.selector, Format.score(row.result.losses.last),
          Format.decimal(row.result.testLoss, places: 4),
          Format.decimal(row.result.testAccuracy, places: 4), Self.accuracyText(row),
        ]
      }
    let tables = [(speed, 8), (times, 5), (quality, 3)].map { table, numeric in
      Format.table(table, numeric: Set(1...numeric))
    }
    return "\(title(point))\n\n" + tables.joined(separator: "\n") + "\n" + verdicts(point)
  }

  func title(_ point: Point) -> String {
    "\(point.network.name) on \(data), "
      + "batch size \(point.options.batchSize.map(String.init) ?? "all"), "
      + "\(point.network.parameterCount) parameters, seed \(point.options.seed)"
  }

  /// A sentence for each device except the first.
  func verdicts(_ point: Point) -> String {
    rows(point).dropFirst().map { row in
      let (first, other) = (devices[0].selector, row.device.selector)
      let range = "(95 % interval \(Self.text(row.speed.interval, places: 2)))"
      let ratio = Format.decimal(row.speed.value, places: 2)
      return row.speed.isReal
        ? "\(other) trains \(ratio) times as fast as \(first) \(range)\n"
        : "\(other) and \(first) do not differ beyond noise: ratio \(ratio) \(range)\n"
    }.joined()
  }

  private var sweepText: String {
    let head =
      [sweep ?? ""] + devices.map { "\($0.selector) samples/s" }
      + devices.dropFirst().map { "\($0.selector) ratio" }
      + devices.dropFirst().map { _ in "interval" } + ["faster"]
    let rows = points.map { point in
      let others = Array(self.rows(point).dropFirst())
      return ["\(point.value ?? 0)"] + point.steps.map { Format.rate($0.samplesPerSecond) }
        + others.map { Format.decimal($0.speed.value, places: 2) }
        + others.map { Self.text($0.speed.interval, places: 2) } + [faster(point)]
    }
    return "\(points.first.map { "\($0.network.name) on \(data)" } ?? "")\n\n"
      + Format.table([head] + rows, numeric: Set(0..<head.count - 1)) + "\n" + crossoverText
  }

  /// The fastest device, if the difference exceeds noise; otherwise a dash.
  private func faster(_ point: Point) -> String {
    let others = rows(point).dropFirst()
    if others.allSatisfy({ $0.speed.isReal && $0.speed.value < 1 }) { return devices[0].selector }
    let best = others.max { $0.speed.value < $1.speed.value }
    guard let best, best.speed.isReal, best.speed.value > 1 else { return "-" }
    return best.device.selector
  }

  /// A sentence about the crossover for each device except the first.
  package var crossoverText: String {
    guard let sweep else { return "" }
    return devices.indices.dropFirst().map { number in
      let (first, other) = (devices[0].selector, devices[number].selector)
      switch crossover(of: number) {
      case .at(let size):
        return "crossover: \(other) is faster than \(first) from a \(sweep) of about "
          + "\(Format.rate(size))\n"
      case .always: return "\(other) is faster than \(first) at every \(sweep) measured\n"
      case .never: return "\(other) is not faster than \(first) at any \(sweep) measured\n"
      case .unclear: return "the \(sweep) from which \(other) is faster than \(first) is unclear\n"
      }
    }.joined()
  }

  static func text(_ interval: Interval, places: Int? = nil) -> String {
    let number = { (value: Double) in
      places.map { Format.decimal(value, places: $0) } ?? Format.rate(value)
    }
    return "\(number(interval.lower)) to \(number(interval.upper))"
  }

  static func accuracyText(_ row: ComparisonRow) -> String {
    guard row.number > 0 else { return "" }
    let value = Format.decimal(row.accuracy.value, places: 4)
    return row.accuracy.isReal ? value : "none beyond chance (\(value))"
  }
}
