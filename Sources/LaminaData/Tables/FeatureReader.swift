/// Reads the fields of an input column as cells (``RowEncoder``).
struct FeatureReader: Sendable {
  /// The first value that the training data do not have.
  struct Unknown {
    let text: String
    let line: Int
  }

  /// The largest number up to which 64-bit floats represent every whole number.
  private static let mostExact = 9_007_199_254_740_992.0

  /// The index of the column in the table.
  let column: Int
  /// Whether rows without a value are refused.
  private let refusesMissing: Bool
  /// Whether new values of open categories get numbers of their own.
  private let collects: Bool
  private let schema: DataSchema.Column
  private let format: NumberFormat
  private var categories: TextIndex
  private(set) var unknown: Unknown?

  /// - Parameters:
  ///   - column: The index of the column in the table.
  ///   - schema: What it contains.
  ///   - format: The notation of numbers.
  ///   - missing: The treatment of missing values by columns that are yet to be fitted.
  ///   - collects: Whether the column is yet to be fitted.
  init(
    _ column: Int, _ schema: DataSchema.Column, _ format: NumberFormat, missing: MissingValues?,
    collects: Bool
  ) {
    (self.column, self.schema, self.format, self.collects) = (column, schema, format, collects)
    refusesMissing = collects ? missing == nil : schema.filling == nil
    categories =
      if case .categories(let known) = schema.content { TextIndex(known.values) } else { .init() }
  }

  /// Whether all fields are numbers.
  var hasNumbers: Bool { schema.content == .numbers }

  /// The column, with all values of its categories so far.
  var content: DataSchema.Column {
    guard case .categories(var known) = schema.content, known.isOpen, collects else {
      return schema
    }
    known.values = categories.all
    return DataSchema.Column(name: schema.name, content: .categories(known))
  }

  /// The cell of a field.
  mutating func cell(
    _ field: DelimitedText.Field, _ text: DelimitedText
  ) throws(TableProblem) -> Double {
    switch schema.content {
    case .numbers: try number(field, text)
    case .truths: try truth(field, text)
    case .dates(let dates): try date(field, text, dates.order)
    case .categories(let known): try category(field, text, known)
    }
  }

  private func number(
    _ field: DelimitedText.Field, _ text: DelimitedText
  ) throws(TableProblem) -> Double {
    guard let number = text.number(field, in: format) else {
      if text.isMissingNumber(field) { return try missing(text) }
      throw .notNumber(
        line: text.line, column: column + 1, name: schema.name, text: text.text(field),
        reason: NumberText.explanation(of: text.text(field), in: format))
    }
    if number.magnitude > Self.mostExact, let whole = NumberText.integer(text.text(field)),
      Int(exactly: number) != whole
    {
      throw .inexact(
        line: text.line, column: column + 1, name: schema.name, text: text.text(field))
    }
    return number
  }

  private func truth(
    _ field: DelimitedText.Field, _ text: DelimitedText
  ) throws(TableProblem) -> Double {
    if let truth = TruthWord.value(of: text.text(field)) { return truth }
    // New data for a model may have numbers instead.
    if !collects, let number = text.number(field, in: format), number == 0 || number == 1 {
      return number
    }
    if text.isMissingNumber(field) { return try missing(text) }
    throw other(than: "true or false, or yes or no", field, text)
  }

  private func date(
    _ field: DelimitedText.Field, _ text: DelimitedText, _ order: DateOrder
  ) throws(TableProblem) -> Double {
    if let date = DateText(text.text(field), order) { return date.seconds }
    if text.isMissingNumber(field) { return try missing(text) }
    throw other(than: "a date with \(order.text)", field, text)
  }

  private mutating func category(
    _ field: DelimitedText.Field, _ text: DelimitedText, _ known: ColumnContent.Categories
  ) throws(TableProblem) -> Double {
    let bytes = field.text.map { Array($0.utf8)[...] } ?? text.bytes[field.range]
    if let number = categories.number(of: bytes) { return Double(number) }
    if known.isOpen ? text.isMissingCategory(field) : text.isMissing(field) {
      return try missing(text)
    }
    let value = text.text(field)
    try checkSpelling(value, text)
    guard known.isOpen else {
      throw .unknownValue(
        line: text.line, column: column + 1, name: schema.name, text: value, known: known.values)
    }
    if collects { return Double(categories.insert(bytes)) }
    unknown = unknown ?? Unknown(text: value, line: text.line)
    return RowEncoder.unknown
  }

  /// Throws if a value that is not known looks like one that is.
  private func checkSpelling(_ value: String, _ text: DelimitedText) throws(TableProblem) {
    // ASCII texts have only one form.
    guard value.utf8.contains(where: { $0 > 127 }),
      let like = categories.all.first(where: { $0 == value })
    else { return }
    throw .spelling(
      first: like, firstPlace: collects ? "in the lines before" : "in the training data",
      second: value, secondPlace: "line \(text.line), column \(column + 1)")
  }

  private func missing(_ text: DelimitedText) throws(TableProblem) -> Double {
    guard refusesMissing else { return .nan }
    throw .missing(
      line: text.line, column: column + 1, name: schema.name,
      remedy: collects
        ? "--missing impute fills such gaps"
        : "train the model with --missing impute, which fills such gaps")
  }

  private func other(
    than wanted: String, _ field: DelimitedText.Field, _ text: DelimitedText
  ) -> TableProblem {
    .notOfColumn(
      line: text.line, column: column + 1, name: schema.name, text: text.text(field),
      wanted: wanted)
  }
}

extension DelimitedText {
  /// Whether a field of an undeclared category has no value.
  func isMissingCategory(_ field: Field) -> Bool {
    field.range.count <= 11 && NumberText.isMissing(text(field))
  }
}

extension DateOrder {
  /// The order as a part of a sentence.
  var text: String {
    switch self {
    case .yearFirst: "the year first, such as 2026-11-28"
    case .dayFirst: "the day first, such as 28.11.2026"
    case .monthFirst: "the month first, such as 11/28/2026"
    }
  }
}
