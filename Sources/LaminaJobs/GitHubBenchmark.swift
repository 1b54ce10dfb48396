import FoundationEssentials
import LaminaMeasurement

/// The JSON that github-action-benchmark reads as `customBiggerIsBetter`.
package enum GitHubBenchmark {
  private struct Entry: Codable {
    var name: String
    var unit: String
    var value: Double
    var range: String
    var extra: String
  }

  /// One entry for each record that did not fail.
  package static func text(_ records: [Record]) -> String {
    let entries = records.compactMap { record -> Entry? in
      guard record.status == .ok, let rate = record.statistics?.samplesPerSecond else { return nil }
      let half = (rate.interval.upper - rate.interval.lower) / 2
      return Entry(
        name: record.key, unit: "samples/s", value: rate.median.rounded(),
        range: "± \(Int(half.rounded()))",
        extra: "\(record.device?.name ?? ""), \(record.tool.commit ?? record.tool.version)")
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return ((try? encoder.encode(entries)).map { String(decoding: $0, as: UTF8.self) } ?? "[]")
      + "\n"
  }
}
