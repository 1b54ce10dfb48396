/// The words of one declaration line of an ARFF file.
struct ARFFWords {
  private let bytes: [UInt8]
  private let line: Int
  private var offset = 0

  init(_ bytes: [UInt8], line: Int) {
    self.bytes = bytes
    self.line = line
  }

  /// The first word of the line; nil if the line is empty or a comment.
  mutating func keyword() throws(TableProblem) -> String? {
    skipBlanks()
    guard offset < bytes.count, bytes[offset] != UInt8(ascii: "%") else { return nil }
    return try word()
  }

  /// The next word, which may be quoted; nil at the end.
  mutating func word() throws(TableProblem) -> String? {
    skipBlanks()
    guard offset < bytes.count else { return nil }
    guard DelimitedText.Dialect.arff.quotes.contains(bytes[offset]) else {
      let start = offset
      while offset < bytes.count, !isBlank(bytes[offset]), bytes[offset] != UInt8(ascii: "{") {
        offset += 1
      }
      return String(decoding: bytes[start..<offset], as: UTF8.self)
    }
    return try ARFFEscape.quoted(in: bytes, at: &offset, line: line)
  }

  /// The words up to the end of the line, as far as they can be read.
  mutating func rest() throws(TableProblem) -> String {
    var words = [try word() ?? ""]
    // MEKA's options follow the name, inside or outside its quotes.
    while let word = try? word(), !word.isEmpty { words.append(word) }
    return words.joined(separator: " ")
  }

  /// The values between braces; nil if there is no brace.
  mutating func braces() throws(TableProblem) -> [String]? {
    skipBlanks()
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "{") else { return nil }
    guard let end = closingBrace() else {
      throw .declaration(line: line, reason: "a { has no matching }")
    }
    return try Self.fields(bytes[offset + 1..<end], line)
  }

  /// The rest of the line as a list of names separated by commas.
  mutating func list() throws(TableProblem) -> [String] {
    defer { offset = bytes.count }
    return try Self.fields(bytes[offset...], line)
  }

  /// The fields of a list; a comma at its end is ignored.
  private static func fields(
    _ bytes: ArraySlice<UInt8>, _ line: Int
  ) throws(TableProblem) -> [String] {
    var text = DelimitedText(Array(bytes), .arff, line: line)
    var fields: [DelimitedText.Field] = []
    guard try text.next(into: &fields) else { return [] }
    if let last = fields.last, last.range.isEmpty, !last.isQuoted { fields.removeLast() }
    return fields.map(text.text)
  }

  /// The first closing brace outside quotes.
  private func closingBrace() -> Int? {
    var quote: UInt8?
    var place = offset + 1
    var startsValue = true
    while place < bytes.count {
      let byte = bytes[place]
      if let open = quote {
        if byte == UInt8(ascii: "\\") { place += 1 } else if byte == open { quote = nil }
      } else if startsValue, DelimitedText.Dialect.arff.quotes.contains(byte) {
        quote = byte
      } else if byte == UInt8(ascii: "}") {
        return place
      }
      if !isBlank(byte) { startsValue = byte == UInt8(ascii: ",") }
      place += 1
    }
    return nil
  }

  private mutating func skipBlanks() {
    while offset < bytes.count, isBlank(bytes[offset]) { offset += 1 }
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }
}
