/// Detects whether the numbers of a table have decimal commas.
struct DecimalSurvey {
  /// The numbers found in one column.
  private struct Column {
    var comma, point: TableProblem.Cell?
    /// Whether some comma can only be a decimal mark, not a thousands separator.
    var isClear = false
    var hasText = false

    var isComma: Bool { comma != nil && !hasText }
    var isPoint: Bool { point != nil && !hasText }
  }

  private var columns: [Column]
  private let names: [String]

  /// Scans the columns of a table that become inputs, targets or weights.
  init(_ form: TableForm, roles: [ColumnRoles.Role], thousands: ThousandsMark?) throws(TableProblem)
  {
    names = form.names
    columns = form.names.map { _ in Column() }
    let format = NumberFormat(decimal: .comma, thousands: thousands)
    let used = roles.indices.filter { roles[$0] != .ignored }
    var text = form.rows
    var fields: [DelimitedText.Field] = []
    while try text.next(into: &fields) {
      for index in used where index < fields.count { take(fields[index], index, text, format) }
    }
  }

  private mutating func take(
    _ field: DelimitedText.Field, _ index: Int, _ text: DelimitedText, _ format: NumberFormat
  ) {
    if text.number(field) != nil {
      guard columns[index].point == nil, text.bytes[field.range].contains(UInt8(ascii: ".")) else {
        return
      }
      columns[index].point = cell(field, index, text)
    } else if text.number(field, in: format) != nil {
      if columns[index].comma == nil { columns[index].comma = cell(field, index, text) }
      if !columns[index].isClear { columns[index].isClear = !Self.isUnclear(text.text(field)) }
    } else if !text.isMissingNumber(field) {
      columns[index].hasText = true
    }
  }

  private func cell(
    _ field: DelimitedText.Field, _ index: Int, _ text: DelimitedText
  ) -> TableProblem.Cell {
    TableProblem.Cell(
      line: text.line, column: index + 1, name: names[index], text: text.text(field))
  }

  /// Whether the comma of a number such as `44,966` can be a thousands separator.
  private static func isUnclear(_ text: String) -> Bool {
    !text.hasPrefix("0") && NumberFormat(thousands: .comma).number(Array(text.utf8)) != nil
  }

  /// The decision for decimal commas by all columns; nil if there are no decimal commas.
  ///
  /// - Parameter isKnown: Whether the training data had decimal commas.
  func decision(isKnown: Bool) throws(TableProblem) -> DataDecision? {
    guard let found = columns.first(where: \.isComma), let comma = found.comma else { return nil }
    if let point = columns.first(where: \.isPoint)?.point {
      throw .mixedDecimals(comma: comma, point: point)
    }
    guard isKnown || columns.contains(where: { $0.isComma && $0.isClear }) else {
      throw .unclearComma(
        line: comma.line, column: comma.column, name: comma.name, text: comma.text)
    }
    let read = NumberFormat(decimal: .comma).canonical(Array(comma.text.utf8)) ?? []
    return DataDecision(
      subject: "decimal",
      text: "numbers have decimal commas: \(shortened(comma.text)) in line \(comma.line) is "
        + String(decoding: read, as: UTF8.self), remedy: "--decimal point overrides this")
  }
}
