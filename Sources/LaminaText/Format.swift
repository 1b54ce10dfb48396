import Glibc

/// Formats numbers for reports and tables. Undefined, infinite and NaN values are never shown as
/// numbers.
package enum Format {
  /// The text for an undefined score.
  package static let undefined = "n/a"

  /// A number with a fixed number of decimals; `n/a` if it is not finite.
  package static func decimal(_ value: Double, places: Int) -> String {
    guard value.isFinite else { return undefined }
    var buffer = [CChar](repeating: 0, count: 400)
    let length = withVaList([Int32(places), value]) { arguments in
      vsnprintf(&buffer, buffer.count, "%.*f", arguments)
    }
    return String(decoding: buffer.prefix(Int(max(0, length))).map(UInt8.init), as: UTF8.self)
  }

  /// A number with at least three significant digits, such as `0.123`, `12.3` or `1234`; `-` if
  /// there is none.
  package static func threeDigits(_ value: Double?) -> String {
    guard let value, value.isFinite, abs(value) < 1e12 else { return "-" }
    let size = abs(value)
    return decimal(value, places: size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0)
  }

  /// A share in per cent; `-` if there is none.
  package static func percent(_ share: Double?, places: Int = 0) -> String {
    guard let share, share.isFinite else { return "-" }
    return decimal(100 * share, places: places) + " %"
  }

  /// A score with four decimals; `n/a` if it is undefined or not finite.
  package static func score(_ value: Double?) -> String { decimal(value ?? .nan, places: 4) }

  /// The number, or `infinite` or `not a number` if it is not finite.
  package static func words(_ value: Double) -> String {
    value.isFinite ? "\(value)" : value.isNaN ? "not a number" : "infinite"
  }

  /// A duration such as `0.55 s`; `n/a` if it is not finite.
  package static func seconds(_ seconds: Double) -> String {
    seconds.isFinite ? decimal(seconds, places: seconds < 10 ? 2 : 1) + " s" : undefined
  }

  /// A remaining time such as `0:07` or `1:02:03`.
  package static func clock(_ seconds: Double) -> String {
    let whole = Int(min(max(0, seconds), 359_999).rounded(.up))
    let (hours, minutes) = (whole / 3600, whole / 60 % 60)
    let lastTwo = right("\(whole % 60)", 2, fill: "0")
    return hours == 0
      ? "\(minutes):\(lastTwo)" : "\(hours):\(right("\(minutes)", 2, fill: "0")):\(lastTwo)"
  }

  /// A rate with at most four significant digits, such as `109000`.
  package static func rate(_ rate: Double) -> String {
    guard rate.isFinite, rate < 1e15 else { return "-" }
    var step = 1.0
    while rate / step >= 10_000 { step *= 10 }
    return "\(Int((rate / step).rounded() * step))"
  }

  /// A size in bytes, such as `23.4 GiB`.
  package static func bytes(_ count: Int) -> String {
    count >= 1 << 30
      ? gibibytes(Double(count)) : decimal(Double(count) / 0x1p20, places: 0) + " MiB"
  }

  /// A size in bytes that need not fit an `Int`, such as `3725.3 GiB`.
  package static func gibibytes(_ count: Double) -> String {
    count.isFinite ? decimal(count / 0x1p30, places: 1) + " GiB" : undefined
  }

  /// `text`, right-aligned in a field of `width` characters.
  package static func right(_ text: String, _ width: Int, fill: Character = " ") -> String {
    String(repeating: fill, count: max(0, width - text.count)) + text
  }

  /// `text`, left-aligned in a field of `width` characters.
  package static func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  /// A table with a header row, each column as wide as its widest entry.
  ///
  /// - Parameter numeric: The columns to align on the right.
  package static func table(_ rows: [[String]], numeric: Set<Int> = []) -> String {
    let columns = rows.first?.count ?? 0
    let widths = (0..<columns).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.enumerated().map { column, text in
        numeric.contains(column)
          ? right(text, widths[column])
          : column == columns - 1 ? text : left(text, widths[column])
      }
      return cells.joined(separator: "  ") + "\n"
    }.joined()
  }
}
