import LaminaText

/// The speed of a case over time.
package struct History {
  package let caseName: String
  /// From the oldest to the newest.
  package let records: [Record]

  /// The cases of the records, in the order of their first appearance.
  package static func cases(_ records: [Record]) -> [History] {
    records.grouped { $0.caseName + " on " + $0.host.name }.map(History.init)
  }

  private var rates: [Double] { records.map { $0.statistics?.samplesPerSecond.median ?? .nan } }

  /// The cells of one line: the newest rate, and a sparkline of all rates.
  package var summary: [String] {
    [
      caseName, "\(records.count)", records.last.map { String($0.date.prefix(10)) } ?? "-",
      Format.rate(rates.last ?? .nan), change(from: rates.first, to: rates.last),
      Sparkline.text(rates, width: 40),
    ]
  }

  /// The column headings of ``summary``.
  package static let head = ["CASE", "RUNS", "LAST", "SAMPLES/S", "SINCE FIRST", "COURSE"]

  /// A plot, and a line per record.
  package var detail: String {
    let rows = records.enumerated().map { index, record in
      [
        record.date, String((record.tool.commit ?? record.tool.version).prefix(10)),
        Format.rate(rates[index]), interval(record),
        change(from: index > 0 ? rates[index - 1] : nil, to: rates[index]),
      ]
    }
    let head = ["DATE", "COMMIT", "SAMPLES/S", "95 % INTERVAL", "CHANGE"]
    return "\(caseName)\n\n\(TerminalPlot.text(rates))\n"
      + Format.table([head] + rows, numeric: [2, 3, 4])
  }

  private func interval(_ record: Record) -> String {
    guard let interval = record.statistics?.samplesPerSecond.interval else { return "-" }
    return Comparison.text(interval)
  }

  private func change(from old: Double?, to new: Double?) -> String {
    guard let old, let new, old > 0 else { return "-" }
    return (new >= old ? "+" : "") + Format.decimal(100 * (new / old - 1), places: 1) + " %"
  }
}
