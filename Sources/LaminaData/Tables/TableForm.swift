/// The layout of a text table: the names of its columns, their delimiter and the start of its rows.
struct TableForm {
  /// The names of the columns, or their numbers if the table does not name them.
  private(set) var names: [String] = []
  /// Whether a header names the columns.
  private(set) var isNamed = false
  /// The delimiter.
  let separator: ColumnSeparator
  /// The text, positioned at its first row.
  private(set) var rows: DelimitedText
  /// The first rows.
  private(set) var sample: [[DelimitedText.Field]] = []
  /// Whether the first column has row names and no name itself, as in files of R's `write.table`.
  private(set) var hasRowNames = false
  /// Whether rows have an empty field after the last column.
  private(set) var endsWithSeparator = false
  /// The decisions about the layout.
  private(set) var decisions: [DataDecision] = []

  private static let sampleRows = 20
  /// R's name for the column of row names.
  private static let rowNames = "row.names"

  /// Detects the layout of the table `bytes`.
  ///
  /// - Parameters:
  ///   - bytes: The text of the table.
  ///   - options: The options, which override what is detected.
  ///   - schema: The columns that a header names, if they are known.
  init(_ bytes: [UInt8], options: DataOptions, schema: DataSchema?) throws(TableProblem) {
    let preamble = try TablePreamble(bytes)
    let found = preamble.separator ?? SeparatorSearch.separator(of: bytes, from: preamble.offset)
    separator = options.separator ?? found
    rows = DelimitedText(
      bytes, .init(separator: separator.separator), offset: preamble.offset, line: preamble.line)
    try takeSample()
    guard let first = sample.first else { throw .noRows }
    let comment = Self.names(in: preamble, bytes, separator)
    let search = HeaderSearch(sample: sample, text: rows, schema: schema, comment: comment)
    let header = search.header(options.header)
    isNamed = header != .none
    switch header {
    case .none: names = first.map { _ in "" }
    case .firstRow:
      names = first.map(rows.text)
      sample.removeFirst()
      var fields: [DelimitedText.Field] = []
      _ = try rows.next(into: &fields)
    case .comment: names = comment ?? []
    }
    decideAboutWidth()
    if !isNamed { names = names.indices.map { "\($0 + 1)" } }
    decisions =
      Self.decisions(preamble, separator, options) + search.decisions(header, options) + decisions
  }

  private mutating func takeSample() throws(TableProblem) {
    var text = rows
    var fields: [DelimitedText.Field] = []
    while sample.count <= Self.sampleRows, try text.next(into: &fields) { sample.append(fields) }
  }

  /// The names in the last comment, as numpy writes them; nil if it has none.
  private static func names(
    in preamble: TablePreamble, _ bytes: [UInt8], _ separator: ColumnSeparator
  ) -> [String]? {
    guard let last = preamble.comments.last else { return nil }
    var text = DelimitedText(
      Array(bytes[last.range]), .init(separator: separator.separator), line: last.line)
    var fields: [DelimitedText.Field] = []
    // A comment need not be valid as a row.
    guard let hasFields = try? text.next(into: &fields), hasFields else { return nil }
    var names = fields.map(text.text)
    // The header `#,a,b` names the first column.
    if names[0].isEmpty, names.count > 1 { names[0] = "#" }
    return names
  }

  /// Compares the number of names with the number of fields in the first rows.
  private mutating func decideAboutWidth() {
    guard let row = sample.first, separator != .blanks || isNamed else { return }
    let endsEmpty =
      separator != .blanks && row.count > 1
      && sample.allSatisfy { $0.last.map { rows.text($0).isEmpty && !$0.isQuoted } ?? false }
    let lastIsUnnamed = names.count > 1 && names[names.count - 1].isEmpty
    if endsEmpty, row.count == names.count + 1 || (row.count == names.count && lastIsUnnamed) {
      endsWithSeparator = true
      if row.count == names.count { names.removeLast() }
    } else if isNamed, lastIsUnnamed, row.count == names.count - 1 {
      endsWithSeparator = true
      names.removeLast()
    } else if isNamed, row.count == names.count + 1, firstFieldsDiffer {
      hasRowNames = true
      names.insert(Self.rowNames, at: 0)
    }
    if endsWithSeparator {
      decisions.note(
        "trailing-separators", "lines end with a separator; the empty column after it is left out")
    }
  }

  private var firstFieldsDiffer: Bool {
    Set(sample.map { ExactText(rows.text($0[0])) }).count == sample.count
  }

  /// Removes the empty field after the last column.
  func trim(_ fields: inout [DelimitedText.Field], of text: DelimitedText) {
    guard endsWithSeparator, fields.count == names.count + 1, let last = fields.last,
      !last.isQuoted, text.text(last).isEmpty
    else { return }
    fields.removeLast()
  }

  private static func decisions(
    _ preamble: TablePreamble, _ separator: ColumnSeparator, _ options: DataOptions
  ) -> [DataDecision] {
    var decisions: [DataDecision] = []
    if let first = preamble.comments.first {
      let count = preamble.comments.count
      decisions.note(
        "skipped-lines",
        count == 1
          ? "line \(first.line) starts with # and is skipped"
          : "\(count) lines from line \(first.line) on start with # and are skipped")
    }
    if preamble.separator != nil, options.separator == nil {
      decisions.note(
        "separator", "the line sep= says that columns are separated by \(separator.text)",
        remedy: "--separator overrides this")
    } else if options.separator == nil, separator != .comma {
      decisions.note(
        "separator", "columns are separated by \(separator.text)",
        remedy: "--separator overrides this")
    }
    return decisions
  }
}
