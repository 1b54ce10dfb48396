/// Reads ARFF files, dense and sparse. Nominal columns whose values are numbers are read as these;
/// other nominal columns become an input for each value.
struct ARFFTable {
  private let options: DataOptions
  /// The names of the label columns, where a label file gives them.
  private let labels: [String]?

  init(_ options: DataOptions, labels: [String]?) {
    self.options = options
    self.labels = labels
  }

  func examples(path: String) throws(DataError) -> ExamplePart {
    let bytes = try ByteReader.contents(of: path)
    do throws(TableProblem) { return try examples(bytes, name: path) } catch {
      throw .table(path: path, error)
    }
  }

  func examples(_ bytes: [UInt8], name: String) throws(TableProblem) -> ExamplePart {
    let header = try ARFFHeader(bytes)
    let columns = try columns(header.attributes)
    var builder = TableBuilder(columns, isNamed: true)
    var text = DelimitedText(bytes, .arff, offset: header.dataOffset, line: header.dataLine)
    var fields: [DelimitedText.Field] = []
    while try text.next(into: &fields) {
      if isSparse(fields, text) { fields = try dense(fields, header.attributes, text) }
      try builder.append(fields, of: text)
    }
    return try builder.examples(name: name)
  }

  private func columns(
    _ attributes: [ARFFHeader.Attribute]
  ) throws(TableProblem) -> [TableBuilder.Column] {
    let names = attributes.map(\.name)
    // The order of the columns, whatever that of the label file: it is the documented one.
    let targets = try labels.map { labels throws(TableProblem) in
      let known = Set(names)
      if let unknown = labels.first(where: { !known.contains($0) }) {
        throw .noColumn(wanted: unknown, names: names)
      }
      return names.filter(Set(labels).contains).map { ColumnReference($0) }
    }
    let roles = try ColumnRoles(
      names: names, targets: targets ?? options.targetsOfTable, options: options
    ).roles
    var columns: [TableBuilder.Column] = []
    for (attribute, role) in zip(attributes, roles) {
      var column = TableBuilder.Column(name: attribute.name, role: role)
      if case .nominal(let values) = attribute.kind { column.declared = values }
      if attribute.kind == .text, role == .feature {
        throw .declaration(
          line: attribute.line,
          reason: "\(cited(attribute.name)) is text, which is no input; leave the column out")
      }
      columns.append(column)
    }
    return columns
  }

  private func isSparse(_ fields: [DelimitedText.Field], _ text: DelimitedText) -> Bool {
    !fields[0].isQuoted && !fields[0].range.isEmpty
      && text.bytes[fields[0].range.lowerBound] == UInt8(ascii: "{")
  }

  /// The row that `{column value, column value}` stands for: columns count from 0, and those that
  /// are not named have 0 or the first of their values.
  private func dense(
    _ fields: [DelimitedText.Field], _ attributes: [ARFFHeader.Attribute], _ text: DelimitedText
  ) throws(TableProblem) -> [DelimitedText.Field] {
    let (first, last) = (fields[0].range.lowerBound, fields[fields.count - 1].range.upperBound)
    guard last - first >= 2, text.bytes[last - 1] == UInt8(ascii: "}") else {
      throw .declaration(line: text.line, reason: "a row that starts with { should end with }")
    }
    var row = attributes.map { attribute in
      let value = if case .nominal(let values) = attribute.kind { values[0] } else { "0" }
      return DelimitedText.Field(range: first..<first, text: value)
    }
    let entries = text.bytes[first + 1..<last - 1].split(separator: UInt8(ascii: ","))
    for entry in entries {
      var words = DelimitedText(
        Array(entry), .init(separator: .blanks, quotes: text.dialect.quotes), line: text.line)
      var pair: [DelimitedText.Field] = []
      guard try words.next(into: &pair) else { continue }
      guard pair.count == 2, let column = NumberText.integer(words.text(pair[0])),
        attributes.indices.contains(column)
      else {
        throw .declaration(
          line: text.line,
          reason: "\(cited(String(decoding: entry, as: UTF8.self))) should be the number of a "
            + "column, from 0 to \(attributes.count - 1), and its value")
      }
      row[column] = DelimitedText.Field(
        range: first..<first, isQuoted: pair[1].isQuoted, text: words.text(pair[1]))
    }
    return row
  }
}
