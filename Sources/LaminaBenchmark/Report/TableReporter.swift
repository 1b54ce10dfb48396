import Lamina
import LaminaDevices
import LaminaMeasurement
import LaminaText

/// Prints a few lines about the run and the devices, then a Markdown table.
struct TableReporter: Reporter {
  private struct Column: Sendable {
    let head: String
    let width: Int
    let text: @Sendable (Measurement) -> String
  }

  private static let columns = [
    Column(head: "case", width: 41) { $0.label.text },
    Column(head: "device", width: 8) { $0.device.description.selector },
    Column(head: "median µs", width: 9) { Format.threeDigits(1e6 * $0.statistics.median) },
    Column(head: "min µs", width: 9) { Format.threeDigits(1e6 * $0.statistics.minimum) },
    Column(head: "spread", width: 6) { Format.percent($0.statistics.spread) },
    Column(head: "GFLOP/s", width: 7) {
      Format.threeDigits($0.operationsPerSecond.map { $0 / 1e9 })
    },
    Column(head: "GB/s", width: 6) { Format.threeDigits($0.bytesPerSecond.map { $0 / 1e9 }) },
    Column(head: "samples/s", width: 9) {
      $0.examplesPerSecond.map { Format.decimal($0, places: 0) } ?? "-"
    },
    Column(head: "of peak", width: 7) { Format.percent($0.shareOfPeak) },
    Column(head: "ratio", width: 5) { $0.speedRatio.map { Format.decimal($0, places: 2) } ?? "-" },
    Column(head: "set-up ms", width: 9) {
      Format.threeDigits(1e3 * ($0.preparationSeconds + $0.firstRunSeconds))
    },
    Column(head: "error", width: 7) { $0.productError?.text ?? "-" },
  ]

  func begin(_ facts: RunFacts, devices: [OpenDevice], peaks: [Peaks?]) {
    writeLine("`\(facts.command)`, \(facts.date), commit \(facts.commit ?? "unknown")")
    writeLine("")
    for (device, peaks) in zip(devices, peaks) {
      let note = "; products in \(device.backend.precision)"
      writeLine(
        "- " + Self.introduction(device) + note + (peaks.map { "; " + Self.text($0) } ?? ""))
    }
    writeLine("")
    writeLine(Self.row { column, _ in column.head })
    writeLine(
      Self.row { column, isText in
        String(repeating: "-", count: column.width - 1) + (isText ? "-" : ":")
      })
  }

  func add(_ measurements: [Measurement]) {
    for measurement in measurements {
      writeLine(Self.row { column, _ in column.text(measurement) })
    }
  }

  func add(_ peaks: Peaks, of device: OpenDevice) {
    writeLine("\n\(device.description.selector): \(Self.text(peaks))")
  }

  private static func row(_ text: (Column, _ isText: Bool) -> String) -> String {
    let cells = columns.enumerated().map { index, column in
      let isText = index < 2
      let cell = text(column, isText)
      return isText ? Format.left(cell, column.width) : Format.right(cell, column.width)
    }
    return "| " + cells.joined(separator: " | ") + " |"
  }

  private static func introduction(_ device: OpenDevice) -> String {
    let description = device.description
    let compiling = "of which \(Format.threeDigits(1e3 * device.buildSeconds)) ms compiling"
    return "\(description.selector): \(description.name), \(description.computeUnits) units, "
      + "\(description.platform), \(description.driver); opened in "
      + "\(Format.threeDigits(1e3 * device.openingSeconds)) ms"
      + (device.buildSeconds > 0 ? ", \(compiling)" : "")
  }

  private static func text(_ peaks: Peaks) -> String {
    "measured peak \(Format.threeDigits(peaks.operationsPerSecond / 1e9)) GFLOP/s, "
      + "\(Format.threeDigits(peaks.bytesPerSecond / 1e9)) GB/s"
  }
}
