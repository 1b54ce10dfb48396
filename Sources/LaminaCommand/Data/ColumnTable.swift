import LaminaData
import LaminaText

/// The input columns of a table: what they contain, and what becomes of them.
struct ColumnTable {
  /// The most rows that a training prints.
  private static let mostShown = 40
  /// The most categories that a row names.
  private static let mostNamed = 4

  let columns: [ColumnSummary]

  /// The table, with a heading; all rows.
  var text: String { Self.text(columns.map(Self.row)) }

  /// The table as a training prints it: nothing for columns that are all numbers without treatment,
  /// and not more than a page.
  var shortText: String {
    let isPlain = columns.allSatisfy { $0.column.content == .numbers && $0.column.filling == nil }
    guard !isPlain else { return "" }
    let more = columns.count - Self.mostShown
    return Self.text(columns.prefix(Self.mostShown).map(Self.row))
      + (more > 0 ? "and \(more) more columns, which lamina inspect shows\n" : "")
  }

  /// The columns of a model, of which the training data are not there.
  static func text(of columns: [DataSchema.Column]) -> String {
    Format.table(
      [["column", "kind", "values", "becomes"]]
        + columns.map { [shortened($0.name), $0.content.name, names($0), shortened($0.becomes)] })
  }

  private static func text(_ rows: [[String]]) -> String {
    Format.table([["column", "kind", "values", "missing", "becomes"]] + rows, numeric: [3])
  }

  private static func row(_ summary: ColumnSummary) -> [String] {
    [
      shortened(summary.column.name), summary.column.content.name, values(summary),
      "\(summary.missing)",
      shortened(summary.becomes),
    ]
  }

  private static func values(_ summary: ColumnSummary) -> String {
    guard let range = summary.range else { return names(summary.column) }
    let column = summary.column
    switch column.content {
    case .truths: return "\(Format.percent(range.mean)) true"
    case .dates:
      return "\(column.text(ofCell: range.least)) to \(column.text(ofCell: range.largest))"
    case .numbers, .categories:
      return "\(column.text(ofCell: range.least)) to \(column.text(ofCell: range.largest)), mean "
        + Format.threeDigits(range.mean)
    }
  }

  /// The names of the first categories; nothing for other columns.
  private static func names(_ column: DataSchema.Column) -> String {
    guard case .categories(let categories) = column.content else { return "" }
    let (values, more) = (categories.values, categories.values.count - mostNamed)
    return "\(values.count): " + values.prefix(mostNamed).map(shortened).joined(separator: ", ")
      + (more > 0 ? ", ..." : "")
  }
}
