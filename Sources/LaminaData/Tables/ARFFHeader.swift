/// The declarations of an ARFF file, up to its `@data`.
struct ARFFHeader {
  /// The type of a column.
  enum Kind: Equatable {
    case number
    case nominal([String])
    /// A string or a date: of use only as a class, or left out.
    case text
  }

  /// One `@attribute`.
  struct Attribute {
    let name: String
    let kind: Kind
    let line: Int
  }

  private(set) var attributes: [Attribute] = []
  /// Where the rows start, and their first line.
  private(set) var dataOffset = 0
  private(set) var dataLine = 0

  /// Reads the declarations at the start of `bytes`.
  init(_ bytes: [UInt8]) throws(TableProblem) {
    var (offset, line) = (bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0, 1)
    while offset < bytes.count {
      let end = bytes[offset...].firstIndex { $0 == 10 || $0 == 13 } ?? bytes.count
      var words = ARFFWords(Array(bytes[offset..<end]), line: line)
      let start = bytes[min(end, bytes.count)...].starts(with: [13, 10]) ? end + 2 : end + 1
      switch try words.keyword()?.lowercased() {
      case nil, "@relation": break
      case "@attribute": attributes.append(try Self.attribute(&words, line))
      case "@data":
        (dataOffset, dataLine) = (min(start, bytes.count), line + 1)
        guard !attributes.isEmpty else {
          throw .declaration(line: line, reason: "@data comes before any @attribute")
        }
        return
      case .some(let other):
        throw .declaration(
          line: line,
          reason: "@relation, @attribute or @data should stand here, not \(cited(other))")
      }
      (offset, line) = (start, line + 1)
    }
    throw .declaration(line: line, reason: "the file ends without @data; is it an ARFF file?")
  }

  private static func attribute(
    _ words: inout ARFFWords, _ line: Int
  ) throws(TableProblem) -> Attribute {
    guard let name = try words.word(), !name.isEmpty else {
      throw .declaration(line: line, reason: "@attribute should be followed by a name")
    }
    if let values = try words.braces() {
      guard !values.isEmpty, Set(values).count == values.count else {
        throw .declaration(
          line: line, reason: "\(cited(name)) should declare different values, at least one")
      }
      return Attribute(name: name, kind: .nominal(values), line: line)
    }
    switch try words.word()?.lowercased() {
    case "numeric", "real", "integer": return Attribute(name: name, kind: .number, line: line)
    case "string", "date": return Attribute(name: name, kind: .text, line: line)
    case let other:
      throw .declaration(
        line: line,
        reason: "\(cited(name)) has the type \(cited(other ?? "")), and numeric, real, integer, "
          + "string, date or {values} should stand here")
    }
  }
}

/// The words of one line of declarations.
private struct ARFFWords {
  private let bytes: [UInt8]
  private let line: Int
  private var offset = 0

  init(_ bytes: [UInt8], line: Int) {
    self.bytes = bytes
    self.line = line
  }

  /// The first word of the line; nil where it is empty or a comment.
  mutating func keyword() throws(TableProblem) -> String? {
    skipBlanks()
    guard offset < bytes.count, bytes[offset] != UInt8(ascii: "%") else { return nil }
    return try word()
  }

  /// The next word, which quotes may hold together; nil at the end.
  mutating func word() throws(TableProblem) -> String? {
    skipBlanks()
    guard offset < bytes.count else { return nil }
    let quote = bytes[offset]
    guard DelimitedText.Dialect.arff.quotes.contains(quote) else {
      let start = offset
      while offset < bytes.count, !isBlank(bytes[offset]), bytes[offset] != UInt8(ascii: "{") {
        offset += 1
      }
      return String(decoding: bytes[start..<offset], as: UTF8.self)
    }
    var content: [UInt8] = []
    offset += 1
    while offset < bytes.count, bytes[offset] != quote {
      if bytes[offset] == UInt8(ascii: "\\"), offset + 1 < bytes.count { offset += 1 }
      content.append(bytes[offset])
      offset += 1
    }
    guard offset < bytes.count else { throw .openQuote(line: line) }
    offset += 1
    return String(decoding: content, as: UTF8.self)
  }

  /// The values between braces; nil where no brace stands.
  mutating func braces() throws(TableProblem) -> [String]? {
    skipBlanks()
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "{") else { return nil }
    guard let end = bytes.lastIndex(of: UInt8(ascii: "}")), end > offset else {
      throw .declaration(line: line, reason: "a { has no }")
    }
    var text = DelimitedText(Array(bytes[offset + 1..<end]), .arff, line: line)
    var fields: [DelimitedText.Field] = []
    return try text.next(into: &fields) ? fields.map(text.text) : []
  }

  private mutating func skipBlanks() {
    while offset < bytes.count, isBlank(bytes[offset]) { offset += 1 }
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }
}
