/// What is known about the fields of an input column.
struct SurveyedColumn {
  /// More different texts than this are not counted, and are no categories.
  static let mostTexts = 65_536
  /// What a text is that is no number.
  private enum TextKind {
    case dash, truth, date, text
    /// A number in another notation.
    case numberLike
  }

  /// Tables of at most this many rows may have a different text in each.
  private static let fewRows = 20

  let index: Int
  let name: String
  /// Whether an option says that its fields are categories.
  private let isCategory: Bool
  private let dates: DateFeatures.Use
  private let format: NumberFormat

  private var rows = 0
  /// The rows that have a value.
  private var values = 0
  /// The fields that are numbers, or look like numbers.
  private var numbers = 0
  private var truths = 0
  /// The fields that are dates in the orders that are left.
  private var dateCount = 0
  private var orders: [DateOrder]
  private var hasTime = false
  private var texts = TextIndex()
  /// What each of ``texts`` is.
  private var kinds: [TextKind] = []
  /// The first field that is a number in another notation.
  private var firstNumberLike: TableProblem.Cell?
  /// The first field that is neither a number nor like one.
  private var firstText: TableProblem.Cell?
  private var firstDate: TableProblem.Cell?

  init(
    index: Int, name: String, isCategory: Bool, dates: DateFeatures.Use?, order: DateOrder?,
    format: NumberFormat
  ) {
    (self.index, self.name, self.isCategory, self.format) = (index, name, isCategory, format)
    self.dates = dates ?? .both
    orders = order.map { [.yearFirst, $0] } ?? DateOrder.allCases
  }

  /// Whether no row has a value.
  var isEmpty: Bool { values == 0 }

  mutating func take(_ field: DelimitedText.Field, _ text: DelimitedText) {
    rows += 1
    if !isCategory, text.number(field, in: format) != nil {
      (values, numbers) = (values + 1, numbers + 1)
      return
    }
    let bytes = field.text.map { Array($0.utf8)[...] } ?? text.bytes[field.range]
    // Most texts have occurred before.
    if let number = texts.number(of: bytes) { return count(kinds[number]) }
    guard !bytes.isEmpty, !text.isMissingCategory(field) else { return }
    let kind = kind(of: text.text(field), line: text.line)
    if texts.count <= Self.mostTexts {
      _ = texts.insert(bytes)
      kinds.append(kind)
    }
    count(kind)
  }

  private mutating func count(_ kind: TextKind) {
    switch kind {
    case .dash: break
    case .text: values += 1
    case .truth: (values, truths) = (values + 1, truths + 1)
    case .numberLike: (values, numbers) = (values + 1, numbers + 1)
    case .date: (values, dateCount) = (values + 1, dateCount + 1)
    }
  }

  /// What a text is that did not occur before.
  private mutating func kind(of value: String, line: Int) -> TextKind {
    guard !isCategory else { return .text }
    // A dash stands for a missing number, but may be a category.
    guard !NumberText.isMissingNumber(value) else { return .dash }
    let cell = TableProblem.Cell(line: line, column: index + 1, name: name, text: value)
    if takeDate(value, cell) { return .date }
    if NumberText.explanation(of: value, in: format) != nil {
      firstNumberLike = firstNumberLike ?? cell
      return .numberLike
    }
    firstText = firstText ?? cell
    return TruthWord.value(of: value) == nil ? .text : .truth
  }

  /// Takes a date in the orders that are left; false for other texts.
  private mutating func takeDate(_ value: String, _ cell: TableProblem.Cell) -> Bool {
    guard dates != .category, !orders.isEmpty else { return false }
    let found = DateText.orders(of: value).filter(orders.contains)
    guard let first = found.first, let date = DateText(value, first) else { return false }
    (orders, hasTime) = (found, hasTime || date.hasTime)
    firstDate = firstDate ?? cell
    return true
  }

  /// The content of the column.
  ///
  /// A column in which more than half of the values are numbers is one of numbers, so that other
  /// texts are mistakes; so is one in which numbers are mixed with truth values.
  func content() throws(TableProblem) -> ColumnContent {
    let categories = ColumnContent.categories(.init([], isOpen: true))
    if isCategory { return categories }
    if numbers == values, firstNumberLike == nil { return .numbers }
    if truths == values { return .truths }
    if dateCount == values { return .dates(try dateFeatures()) }
    if numbers > 0, numbers + truths == values || 2 * numbers > values {
      throw notNumber()
    }
    return categories
  }

  private func dateFeatures() throws(TableProblem) -> DateFeatures {
    if orders.count > 1, let firstDate { throw .unclearDate(firstDate) }
    return DateFeatures(order: orders.first ?? .yearFirst, use: dates, hasTime: hasTime)
  }

  private func notNumber() -> TableProblem {
    guard let cell = firstNumberLike ?? firstText ?? firstDate else {
      return .noValues(columns: [name])
    }
    return .notNumber(
      line: cell.line, column: cell.column, name: name, text: cell.text,
      reason: NumberText.explanation(of: cell.text, in: format)
        .map { "\($0), or say with --category-columns that the column contains categories" }
        ?? (TruthWord.value(of: cell.text) == nil
          ? nil : "other lines have numbers in this column, so write 1 and 0"))
  }

  /// The numbers of texts and rows, if the texts hardly ever repeat; nil for other columns.
  var freeText: TableProblem.FreeText? {
    let isRare = 2 * texts.count > values && values > Self.fewRows
    guard texts.count > Self.mostTexts || (isRare && !isCategory), numbers == 0 || isCategory,
      dateCount < values || values == 0, truths < values
    else { return nil }
    return TableProblem.FreeText(name: name, different: texts.count, rows: rows)
  }
}
