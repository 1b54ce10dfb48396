/// Detects the delimiter of a text table.
enum SeparatorSearch {
  /// The candidates, each before those that may occur inside the fields that it separates.
  private static let candidates: [ColumnSeparator] = [.tab, .semicolon, .bar, .comma]
  private static let mostLines = 20

  /// The first candidate that occurs equally often in each of the first lines, outside quotes; else
  /// the first one in the first line, else blanks.
  static func separator(of bytes: [UInt8], from offset: Int) -> ColumnSeparator {
    let lines = counts(of: bytes, from: offset)
    guard let first = lines.first else { return .comma }
    if let steady = candidates.first(where: { isSteady(lines, $0) }) { return steady }
    if let found = candidates.first(where: { first[$0, default: 0] > 0 }) { return found }
    return first[.blanks, default: 0] > 0 ? .blanks : .comma
  }

  private typealias Counts = [ColumnSeparator: Int]

  /// Whether a separator occurs equally often in each line. The header may have one name more or
  /// less than the lines below it have fields.
  private static func isSteady(_ lines: [Counts], _ separator: ColumnSeparator) -> Bool {
    let counts = lines.map { $0[separator, default: 0] }
    let rows = counts.count > 1 ? counts[1...] : counts[...]
    guard let usual = rows.first, usual > 0, counts[0] > 0 else { return false }
    return rows.allSatisfy { $0 == usual } && abs(counts[0] - usual) <= 1
  }

  /// The number of occurrences of each separator in each of the first lines.
  private static func counts(of bytes: [UInt8], from offset: Int) -> [Counts] {
    var lines: [Counts] = []
    var counts: Counts = [:]
    var (isQuoted, hasContent) = (false, false)
    for byte in bytes[offset...] {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == 10 || byte == 13 {
        if hasContent { lines.append(counts) }
        if lines.count == mostLines { return lines }
        (counts, hasContent) = ([:], false)
        continue
      }
      if byte != 32 { hasContent = true }
      if byte == 32 {
        if hasContent { counts[.blanks, default: 0] += 1 }
      } else if let separator = ColumnSeparator(byte) {
        counts[separator, default: 0] += 1
      }
    }
    if hasContent { lines.append(counts) }
    return lines
  }
}
