/// The lines before the rows of a text table: blank lines, Excel's `sep=;` and comments.
struct TablePreamble {
  /// The offset of the first row.
  private(set) var offset = 0
  /// The line of the first row.
  private(set) var line = 1
  /// The separator in a line such as `sep=;`.
  private(set) var separator: ColumnSeparator?
  /// The comments, without their `#`, and their lines.
  private(set) var comments: [(range: Range<Int>, line: Int)] = []

  /// Finds the first line of `bytes` that is neither blank, nor `sep=`, nor a comment.
  init(_ bytes: [UInt8]) throws(TableProblem) {
    var text = DelimitedText(bytes, .init(separator: .blanks))
    while let first = text.peek() {
      (offset, line) = (text.offset, text.nextLine)
      if first == UInt8(ascii: "#") {
        let range = text.restOfLine()
        let content = bytes[range].drop { $0 != UInt8(ascii: "#") }.dropFirst()
        comments.append((content.startIndex..<content.endIndex, text.line))
      } else if separator == nil, comments.isEmpty,
        let given = Self.given(in: bytes, text.restOfLine())
      {
        guard let known = ColumnSeparator(given) else {
          throw .declaration(
            line: text.line,
            reason: "sep= gives \(cited(String(decoding: [given], as: UTF8.self))), but ; , | or a "
              + "tab is needed")
        }
        separator = known
      } else {
        return
      }
    }
    (offset, line) = (text.offset, text.nextLine)
  }

  /// The byte after `sep=`; the line may be quoted.
  private static func given(in bytes: [UInt8], _ line: Range<Int>) -> UInt8? {
    var words = bytes[line].drop { $0 == 32 || $0 == UInt8(ascii: "\"") }
    while let last = words.last, last == UInt8(ascii: "\"") { words.removeLast() }
    // Setting the bit of lowercase letters does not change an =.
    guard words.count == 5, words.prefix(4).map({ $0 | 0x20 }) == Array("sep=".utf8) else {
      return nil
    }
    return words.last
  }
}
