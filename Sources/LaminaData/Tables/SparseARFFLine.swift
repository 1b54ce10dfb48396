/// The entries of one sparse row of an ARFF file, `{2 0.5, 7 'a, b'}`, optionally followed by a
/// weight: `, {0.5}`.
struct SparseARFFLine {
  /// A column and its value.
  struct Entry {
    /// The number of the column; nil if it is not a whole number.
    let column: Int?
    /// The value; nil if it is missing.
    let value: String?
    let isQuoted: Bool
    /// The entry as written in the file.
    let text: String
  }

  private let bytes: [UInt8]
  private let line: Int
  private var offset = 0
  private var isOpen = false

  /// Reads a line whose first character, blanks aside, is the brace.
  init(_ bytes: ArraySlice<UInt8>, line: Int) {
    self.bytes = Array(bytes.drop(while: Self.isBlank))
    self.line = line
  }

  /// The next entry; nil after the last one and its closing brace.
  mutating func next() throws(TableProblem) -> Entry? {
    if !isOpen {
      (isOpen, offset) = (true, offset + 1)
    }
    skip { Self.isBlank($0) || $0 == UInt8(ascii: ",") }
    guard offset < bytes.count else { throw unclosed }
    guard bytes[offset] != UInt8(ascii: "}") else {
      offset += 1
      return nil
    }
    let start = offset
    skip { !Self.isBlank($0) && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "}") }
    let column = NumberText.integer(String(decoding: bytes[start..<offset], as: UTF8.self))
    skip(Self.isBlank)
    let (value, isQuoted) = try value()
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    skip(Self.isBlank)
    guard offset < bytes.count else { throw unclosed }
    guard bytes[offset] == UInt8(ascii: ",") || bytes[offset] == UInt8(ascii: "}") else {
      skip { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "}") }
      let whole = String(decoding: bytes[start..<offset], as: UTF8.self)
      return Entry(column: nil, value: nil, isQuoted: false, text: whole)
    }
    return Entry(column: column, value: value, isQuoted: isQuoted, text: text)
  }

  private mutating func value() throws(TableProblem) -> (String?, isQuoted: Bool) {
    guard offset < bytes.count else { throw unclosed }
    guard DelimitedText.Dialect.arff.quotes.contains(bytes[offset]) else {
      let start = offset
      skip { !Self.isBlank($0) && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "}") }
      let value = String(decoding: bytes[start..<offset], as: UTF8.self)
      return (value.isEmpty ? nil : value, false)
    }
    return (try ARFFEscape.quoted(in: bytes, at: &offset, line: line), true)
  }

  /// The weight after the row, if there is one.
  mutating func weight() throws(TableProblem) -> String? {
    skip { Self.isBlank($0) || $0 == UInt8(ascii: ",") }
    guard offset < bytes.count, bytes[offset] != UInt8(ascii: "%") else { return nil }
    guard bytes[offset] == UInt8(ascii: "{"),
      let end = bytes[offset...].firstIndex(of: UInt8(ascii: "}"))
    else {
      throw .declaration(
        line: line,
        reason: "a row that starts with { must end with }, optionally followed by a {weight}")
    }
    let words = bytes[offset + 1..<end].filter { !Self.isBlank($0) }
    return String(decoding: words, as: UTF8.self)
  }

  private var unclosed: TableProblem {
    .declaration(line: line, reason: "a row that starts with { must end with }")
  }

  private mutating func skip(_ isSkipped: (UInt8) -> Bool) {
    while offset < bytes.count, isSkipped(bytes[offset]) { offset += 1 }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }
}
