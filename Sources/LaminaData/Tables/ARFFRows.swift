/// Splits the rows of an ARFF file into fields. Dense rows have commas or blanks between their
/// fields; sparse rows name the columns of their values.
struct ARFFRows {
  /// A row.
  struct Row {
    /// The fields: one per attribute, unless the row is malformed.
    var fields: [DelimitedText.Field]
    /// The weight in braces after the row.
    var weight: String?
  }

  private let attributes: [ARFFHeader.Attribute]
  /// The text, positioned after the row that was read last.
  private(set) var text: DelimitedText
  /// Whether a row ended with a comma.
  private(set) var hasTrailingComma = false
  /// Whether a row had a weight.
  private(set) var hasWeights = false

  init(_ bytes: [UInt8], _ header: ARFFHeader) {
    attributes = header.attributes
    text = DelimitedText(bytes, .arff, offset: header.dataOffset, line: header.dataLine)
  }

  /// The rows of a block that is not the first.
  init(_ block: TextBlock, _ header: ARFFHeader) {
    attributes = header.attributes
    text = block.text(.arff)
  }

  /// The next row; nil at the end.
  mutating func next() throws(TableProblem) -> Row? {
    guard let first = text.peek() else { return nil }
    var row: Row
    if first == UInt8(ascii: "{") {
      row = try sparse()
    } else {
      row = try dense()
    }
    if row.weight != nil { hasWeights = true }
    return row
  }

  private mutating func dense() throws(TableProblem) -> Row {
    var other = text.with(Self.blanks)
    var row = Row(fields: [])
    guard try text.next(into: &row.fields) else { return row }
    trim(&row, text)
    guard row.fields.count < attributes.count else { return row }
    var second = Row(fields: [])
    guard try other.next(into: &second.fields) else { return row }
    trim(&second, other)
    guard second.fields.count == attributes.count, other.offset == text.offset else { return row }
    return second
  }

  private static let blanks = {
    var dialect = DelimitedText.Dialect.arff
    dialect.separator = .commaOrBlanks
    return dialect
  }()

  /// Removes a weight and an empty field from the end of a row.
  private mutating func trim(_ row: inout Row, _ text: DelimitedText) {
    func isEmpty(_ field: DelimitedText.Field) -> Bool { field.range.isEmpty && !field.isQuoted }
    if row.fields.count > attributes.count, let last = row.fields.last, isEmpty(last) {
      row.fields.removeLast()
      hasTrailingComma = true
    }
    guard row.fields.count > attributes.count, let last = row.fields.last, !last.isQuoted else {
      return
    }
    let words = text.bytes[last.range]
    guard words.count > 2, words.first == UInt8(ascii: "{"), words.last == UInt8(ascii: "}") else {
      return
    }
    row.weight = Self.trimmed(words.dropFirst().dropLast())
    row.fields.removeLast()
    if let last = row.fields.last, row.fields.count > attributes.count, isEmpty(last) {
      row.fields.removeLast()
    }
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
    var bytes = bytes.drop { $0 == 32 || $0 == 9 }
    while let last = bytes.last, last == 32 || last == 9 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The dense form of the row `{column value, column value}`. Columns are counted from 0, and
  /// those that are not listed have 0 or the first of their nominal values.
  private mutating func sparse() throws(TableProblem) -> Row {
    let range = text.restOfLine()
    var line = SparseARFFLine(text.bytes[range], line: text.line)
    let none = range.lowerBound..<range.lowerBound
    var row = Row(
      fields: attributes.map { attribute in
        let value = if case .nominal(let values) = attribute.kind { values[0] } else { "0" }
        return DelimitedText.Field(range: none, text: value)
      })
    var seen: Set<Int> = []
    while let entry = try line.next() {
      guard let column = entry.column, attributes.indices.contains(column), let value = entry.value
      else {
        throw .declaration(
          line: text.line,
          reason: "\(cited(entry.text)) must be the number of a column, from 0 to "
            + "\(attributes.count - 1), and its value")
      }
      guard seen.insert(column).inserted else {
        throw .declaration(
          line: text.line, reason: "column \(column) of a sparse row has two values")
      }
      row.fields[column] = DelimitedText.Field(range: none, isQuoted: entry.isQuoted, text: value)
    }
    row.weight = try line.weight()
    return row
  }
}
