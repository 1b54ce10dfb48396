/// The declarations of an ARFF file, up to its `@data`.
struct ARFFHeader {
  /// The type of a column.
  enum Kind: Equatable {
    case number
    case nominal([String])
    /// A string or a date.
    case text
  }

  /// One `@attribute`.
  struct Attribute {
    let name: String
    let kind: Kind
    let line: Int
  }

  private(set) var attributes: [Attribute] = []
  /// The name of the relation.
  private(set) var relation = ""
  /// The columns that KEEL's `@inputs` and `@outputs` name.
  private(set) var inputs: [String]?
  private(set) var outputs: [String]?
  /// The offset of the first row.
  private(set) var dataOffset = 0
  /// The line of the first row.
  private(set) var dataLine = 0

  /// Reads the declarations at the start of `bytes`.
  init(_ bytes: [UInt8]) throws(TableProblem) {
    var (offset, line) = (0, 1)
    while offset < bytes.count {
      let end = bytes[offset...].firstIndex { $0 == 10 || $0 == 13 } ?? bytes.count
      var words = ARFFWords(Array(bytes[offset..<end]), line: line)
      let start = bytes[min(end, bytes.count)...].starts(with: [13, 10]) ? end + 2 : end + 1
      if try !declare(&words, line) {
        (dataOffset, dataLine) = (min(start, bytes.count), line + 1)
        try check(line)
        return
      }
      (offset, line) = (start, line + 1)
    }
    throw .declaration(line: line, reason: "the file ends without @data; is it an ARFF file?")
  }

  /// Takes the declaration of a line; returns false for `@data`.
  private mutating func declare(
    _ words: inout ARFFWords, _ line: Int
  ) throws(TableProblem) -> Bool {
    switch try words.keyword()?.lowercased() {
    case nil: break
    case "@relation": relation = try words.rest()
    case "@attribute": attributes.append(try Self.attribute(&words, line))
    case "@inputs", "@input": inputs = try words.list()
    case "@outputs", "@output": outputs = try words.list()
    case "@data": return false
    case "@end":
      throw .declaration(
        line: line, reason: "@end closes a relational attribute, which cannot be read")
    case .some(let other):
      throw .declaration(
        line: line, reason: "expected @relation, @attribute or @data, not \(cited(other))")
    }
    return true
  }

  private func check(_ line: Int) throws(TableProblem) {
    guard !attributes.isEmpty else {
      throw .declaration(line: line, reason: "@data comes before any @attribute")
    }
    guard let (first, second) = SpellingCheck.conflict(in: attributes.map(\.name)) else { return }
    throw .spelling(
      first: attributes[first].name, firstPlace: "line \(attributes[first].line)",
      second: attributes[second].name, secondPlace: "line \(attributes[second].line)")
  }

  private static func attribute(
    _ words: inout ARFFWords, _ line: Int
  ) throws(TableProblem) -> Attribute {
    guard let name = try words.word(), !name.isEmpty else {
      throw .declaration(line: line, reason: "@attribute must be followed by a name")
    }
    if let values = try words.braces() {
      guard !values.isEmpty, Set(values.map { ExactText($0) }).count == values.count else {
        throw .declaration(
          line: line, reason: "\(cited(name)) must declare at least one value, and no value twice")
      }
      if let (first, second) = SpellingCheck.conflict(in: values) {
        throw .spelling(
          first: values[first], firstPlace: "value \(first + 1) in line \(line)",
          second: values[second], secondPlace: "value \(second + 1)")
      }
      return Attribute(name: name, kind: .nominal(values), line: line)
    }
    // KEEL writes the range after the type, sometimes without a blank.
    switch try words.word()?.lowercased().prefix(while: { $0 != "[" }) {
    case "numeric", "real", "integer": return Attribute(name: name, kind: .number, line: line)
    case "string", "date": return Attribute(name: name, kind: .text, line: line)
    case "relational":
      throw .declaration(
        line: line,
        reason: "\(cited(name)) is relational, with a table in each row, which cannot be read")
    case let other:
      throw .declaration(
        line: line,
        reason: "\(cited(name)) has the type \(cited(String(other ?? ""))); it must be numeric, "
          + "real, integer, string, date or {values}")
    }
  }
}
