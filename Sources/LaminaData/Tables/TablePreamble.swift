/// What stands before the rows of a text table: blank lines, Excel's `sep=;` and comments.
struct TablePreamble {
  /// Where the first row starts, and its line.
  private(set) var offset = 0
  private(set) var line = 1
  /// The separator that a line `sep=;` gives.
  private(set) var separator: ColumnSeparator?
  /// The comments, without their `#`, and their lines.
  private(set) var comments: [(range: Range<Int>, line: Int)] = []

  /// Finds the first line of `bytes` that is neither blank nor one of these.
  init(_ bytes: [UInt8]) throws(TableProblem) {
    var text = DelimitedText(bytes, .init(separator: .blanks))
    while let first = text.peek() {
      (offset, line) = (text.offset, text.nextLine)
      if first == UInt8(ascii: "#") {
        let range = text.restOfLine()
        comments.append((range.dropFirst(), text.line))
      } else if separator == nil, comments.isEmpty,
        let given = Self.given(in: bytes, text.restOfLine())
      {
        guard let known = ColumnSeparator(given) else {
          throw .declaration(
            line: text.line,
            reason: "sep= gives \(cited(String(decoding: [given], as: UTF8.self))), and ; , | or a "
              + "tab should stand there")
        }
        separator = known
      } else {
        return
      }
    }
    (offset, line) = (text.offset, text.nextLine)
  }

  /// What stands behind `sep=`, which quotes may enclose.
  private static func given(in bytes: [UInt8], _ line: Range<Int>) -> UInt8? {
    var words = bytes[line].drop { $0 == UInt8(ascii: "\"") }
    while let last = words.last, last == UInt8(ascii: "\"") { words.removeLast() }
    // An = has the bit that small letters have.
    guard words.count == 5, words.prefix(4).map({ $0 | 0x20 }) == Array("sep=".utf8) else {
      return nil
    }
    return words.last
  }
}
