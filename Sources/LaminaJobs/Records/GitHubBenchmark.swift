import FoundationEssentials
import LaminaMeasurement
import LaminaText

/// The JSON that github-action-benchmark reads as `customBiggerIsBetter`.
package enum GitHubBenchmark {
  private struct Entry: Codable {
    var name, unit: String
    var value: Double
    var range, extra: String
  }

  /// One entry per case that did not fail, from all its repetitions.
  package static func text(_ records: [Record]) -> String {
    let entries = records.grouped(by: \.caseName).compactMap { name, records in
      entry(name, records.filter { $0.status == .ok })
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return ((try? encoder.encode(entries)).map { String(decoding: $0, as: UTF8.self) } ?? "[]")
      + "\n"
  }

  private static func entry(_ name: String, _ records: [Record]) -> Entry? {
    guard let first = records.first else { return nil }
    let samples = records.flatMap(\.samples)
    let rate = Record.Statistics(samples: samples, batchSize: first.workload.batchSize)
      .samplesPerSecond
    let half = (rate.interval.upper - rate.interval.lower) / 2
    return Entry(
      name: name, unit: "samples/s", value: rate.median.rounded(),
      range: "± \(Int(half.rounded()))",
      extra: "\(first.device?.name ?? ""), \(first.tool.commit ?? first.tool.version)")
  }
}
