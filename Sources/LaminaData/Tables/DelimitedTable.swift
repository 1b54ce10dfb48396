/// Reads CSV, TSV and tables whose columns stand apart by semicolons or blanks.
struct DelimitedTable {
  private let options: DataOptions

  init(_ options: DataOptions) { self.options = options }

  func examples(path: String) throws(DataError) -> ExamplePart {
    let bytes = try ByteReader.contents(of: path)
    do throws(TableProblem) { return try examples(bytes, name: path) } catch {
      throw .table(path: path, error)
    }
  }

  func examples(_ bytes: [UInt8], name: String) throws(TableProblem) -> ExamplePart {
    let separator = options.separator?.separator ?? Self.separator(of: bytes)
    var text = DelimitedText(bytes, .init(separator: separator))
    var first: [DelimitedText.Field] = []
    guard try text.next(into: &first) else { throw .noRows }
    let afterFirst = text
    var second: [DelimitedText.Field] = []
    let hasSecond = try text.next(into: &second)
    let hasHeader =
      options.header ?? Self.isHeader(first, before: hasSecond ? second : nil, of: text)
    let names = hasHeader ? first.map(text.text) : first.indices.map { "\($0 + 1)" }
    let roles = try ColumnRoles(
      names: names, targets: options.targetsOfTable, options: options
    ).roles
    var builder = TableBuilder(
      zip(names, roles).map { TableBuilder.Column(name: $0, role: $1) }, isNamed: hasHeader)
    text = afterFirst
    if !hasHeader { try builder.append(first, of: text) }
    var fields = second
    while try text.next(into: &fields) { try builder.append(fields, of: text) }
    return try builder.examples(name: name)
  }

  /// A header has text where the row after it has a number.
  private static func isHeader(
    _ first: [DelimitedText.Field], before second: [DelimitedText.Field]?, of text: DelimitedText
  ) -> Bool {
    guard let second else { return first.allSatisfy { text.number($0) == nil } }
    return zip(first, second).contains { name, value in
      text.number(name) == nil && !text.isMissingNumber(name) && text.number(value) != nil
    }
  }

  /// The first line tells: tabs before semicolons before commas, all outside of quotes, and blanks
  /// where there is none of them.
  private static func separator(of bytes: [UInt8]) -> DelimitedText.Separator {
    var seen: Set<UInt8> = []
    var isQuoted = false
    var hasContent = false
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == 10 || byte == 13 {
        if hasContent { break } else { continue }
      }
      hasContent = true
      seen.insert(byte)
    }
    let candidates = [UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: ",")]
    if let found = candidates.first(where: seen.contains) { return .byte(found) }
    return seen.contains(32) ? .blanks : .byte(UInt8(ascii: ","))
  }
}
