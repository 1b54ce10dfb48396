/// Splits text into records of fields: CSV, TSV, and the rows of ARFF files.
///
/// A quoted field may contain separators and line ends. The quote itself is written twice or, if
/// the dialect allows it, after a backslash. Blanks around fields are ignored. Empty lines are
/// skipped, and so are comments if the dialect has them. Lines end with LF, CR or both.
struct DelimitedText {
  /// The delimiter between the fields of a record.
  enum Separator: Equatable {
    case byte(UInt8)
    /// Any number of spaces and tabs.
    case blanks
    /// Any number of spaces and tabs with at most one comma among them.
    case commaOrBlanks
  }

  /// The syntax of fields.
  struct Dialect {
    var separator: Separator
    var quotes: [UInt8] = [UInt8(ascii: "\"")]
    var escapesWithBackslash = false
    /// The byte that starts a comment up to the end of the line. It must be at the start of a line
    /// or a field, or after a blank.
    var comment: UInt8?

    static let arff = Dialect(
      separator: .byte(UInt8(ascii: ",")), quotes: [UInt8(ascii: "'"), UInt8(ascii: "\"")],
      escapesWithBackslash: true, comment: UInt8(ascii: "%"))

    fileprivate var separatesByBlanks: Bool { separator == .blanks || separator == .commaOrBlanks }
  }

  /// A field: a range of the text, or its decoded text if it contains quotes or escapes.
  struct Field {
    var range: Range<Int>
    var isQuoted = false
    /// The text, if it differs from that of the range.
    var text: String?
  }

  let bytes: [UInt8]
  let dialect: Dialect
  /// The offset of the next record.
  private(set) var offset: Int
  /// The line at ``offset``, counted from 1.
  private(set) var nextLine: Int
  /// The first line of the record read last.
  private(set) var line = 0

  init(_ bytes: [UInt8], _ dialect: Dialect, offset: Int = 0, line: Int = 1) {
    self.bytes = bytes
    self.dialect = dialect
    self.offset = offset
    nextLine = line
  }

  /// The same text from its next record on, in another dialect.
  func with(_ dialect: Dialect) -> DelimitedText {
    DelimitedText(bytes, dialect, offset: offset, line: nextLine)
  }

  /// Moves to the line of the next record, and returns its first byte that is not blank, or nil at
  /// the end of the text.
  mutating func peek() -> UInt8? {
    while skipComments() {
      let first = bytes[offset...].firstIndex { !isAnyBlank($0) } ?? bytes.count
      guard first < bytes.count else { return nil }
      guard isLineEnd(bytes[first]) else { return bytes[first] }
      offset = first
      skipLineEnd()
    }
    return nil
  }

  /// Takes the rest of the line unparsed: the next record if the line has just begun.
  mutating func restOfLine() -> Range<Int> {
    line = nextLine
    let start = offset
    while offset < bytes.count, !isLineEnd(bytes[offset]) { offset += 1 }
    let range = start..<offset
    skipLineEnd()
    return range
  }

  /// Reads the next record into `fields`; false at the end of the text.
  mutating func next(into fields: inout [Field]) throws(TableProblem) -> Bool {
    repeat {
      fields.removeAll(keepingCapacity: true)
      guard skipComments() else { return false }
      line = nextLine
      repeat { fields.append(try field(column: fields.count + 1)) } while skipSeparator()
      skipComment()
      skipLineEnd()
    } while isEmptyLine(fields)
    return true
  }

  /// Moves past the record that starts at ``offset`` and ends before `end`, where its line ends.
  mutating func take(upTo end: Int) {
    line = nextLine
    offset = end
    skipLineEnd()
  }

  /// The text of a field.
  func text(_ field: Field) -> String {
    field.text ?? String(decoding: bytes[field.range], as: UTF8.self)
  }

  private func isEmptyLine(_ fields: [Field]) -> Bool {
    fields.count == 1 && !fields[0].isQuoted && fields[0].range.isEmpty
  }

  /// Moves to the start of a line that is not a comment; false at the end of the text.
  private mutating func skipComments() -> Bool {
    while offset < bytes.count, let comment = dialect.comment {
      var start = offset
      while start < bytes.count, isBlank(bytes[start]) { start += 1 }
      guard start < bytes.count, bytes[start] == comment else { break }
      while offset < bytes.count, !isLineEnd(bytes[offset]) { offset += 1 }
      skipLineEnd()
    }
    return offset < bytes.count
  }

  /// Moves to the end of the line if a comment starts here.
  private mutating func skipComment() {
    guard let comment = dialect.comment, offset < bytes.count, bytes[offset] == comment else {
      return
    }
    while offset < bytes.count, !isLineEnd(bytes[offset]) { offset += 1 }
  }

  private mutating func field(column: Int) throws(TableProblem) -> Field {
    skipBlanks()
    if offset < bytes.count, dialect.quotes.contains(bytes[offset]) {
      let field = try quotedField()
      skipBlanks()
      guard
        offset >= bytes.count || isLineEnd(bytes[offset]) || isSeparator(bytes[offset])
          || bytes[offset] == dialect.comment
          || (dialect.separatesByBlanks && isAnyBlank(bytes[offset - 1]))
      else { throw .afterQuote(line: line, column: column) }
      return field
    }
    let start = offset
    var (place, end) = (start, start)
    while place < bytes.count {
      let byte = bytes[place]
      // Nearly all bytes are greater than those of blanks and line ends.
      if byte <= 32 {
        if isLineEnd(byte) || isSeparator(byte) { break }
        place += 1
        if !isAnyBlank(byte) { end = place }
      } else {
        if isSeparator(byte) { break }
        if place != end || place == start, byte == dialect.comment { break }
        place += 1
        end = place
      }
    }
    offset = place
    return Field(range: start..<end)
  }

  private mutating func quotedField() throws(TableProblem) -> Field {
    let (quote, start, firstLine) = (bytes[offset], offset + 1, nextLine)
    var content: [UInt8]?
    offset += 1
    while offset < bytes.count {
      let byte = bytes[offset]
      offset += 1
      let next = offset < bytes.count ? bytes[offset] : nil
      if byte == quote, next != quote {
        let range = start..<offset - 1
        return Field(
          range: range, isQuoted: true, text: content.map { String(decoding: $0, as: UTF8.self) })
      }
      if byte == quote || (dialect.escapesWithBackslash && byte == UInt8(ascii: "\\")), let next {
        content = content ?? Array(bytes[start..<offset - 1])
        if byte == quote {
          content?.append(next)
          offset += 1
        } else {
          content? += ARFFEscape.character(in: bytes, at: &offset)
        }
        continue
      }
      if isLineEnd(byte), !(byte == 13 && next == 10) { nextLine += 1 }
      content?.append(byte)
    }
    throw .openQuote(line: firstLine)
  }

  private mutating func skipSeparator() -> Bool {
    switch dialect.separator {
    case .byte(let separator):
      guard offset < bytes.count, bytes[offset] == separator else { return false }
      offset += 1
      return true
    case .blanks:
      skipBlanks()
      return hasMore
    case .commaOrBlanks:
      skipBlanks()
      if offset < bytes.count, bytes[offset] == UInt8(ascii: ",") {
        offset += 1
        return true
      }
      return hasMore
    }
  }

  /// Whether the line continues with more than a comment.
  private var hasMore: Bool {
    offset < bytes.count && !isLineEnd(bytes[offset]) && bytes[offset] != dialect.comment
  }

  private mutating func skipLineEnd() {
    guard offset < bytes.count else { return }
    let isPair = bytes[offset] == 13 && offset + 1 < bytes.count && bytes[offset + 1] == 10
    offset += isPair ? 2 : 1
    nextLine += 1
  }

  private mutating func skipBlanks() {
    while offset < bytes.count, isBlank(bytes[offset]) { offset += 1 }
  }

  /// Whether a byte is a blank and not the separator, as a tab can be.
  private func isBlank(_ byte: UInt8) -> Bool {
    isAnyBlank(byte) && dialect.separator != .byte(byte)
  }

  private func isAnyBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 }

  private func isSeparator(_ byte: UInt8) -> Bool {
    switch dialect.separator {
    case .byte(let separator): byte == separator
    case .blanks: isAnyBlank(byte)
    case .commaOrBlanks: isAnyBlank(byte) || byte == UInt8(ascii: ",")
    }
  }
}
