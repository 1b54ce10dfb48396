import Lamina

/// Collects the rows of a text table: features as doubles, targets as the text that stands there.
struct TableBuilder {
  /// What a column may hold.
  struct Column {
    let name: String
    /// The values that a nominal column declares; nil for any.
    var declared: [String]?
    var role: ColumnRoles.Role = .feature
  }

  private let columns: [Column]
  private let features: [Feature]
  private var inputs: [Double] = []
  private var targets: [[String]]
  private var weights: [String] = []
  private var lines: [Int32] = []

  /// How a column becomes inputs.
  private struct Feature {
    let column: Int
    /// The place of each value that is a text; nil for numbers.
    let places: [String: Int]?
    /// What becomes the inputs, for the schema.
    let schema: DataSchema.Column
    var width: Int { schema.values?.count ?? 1 }

    init(_ column: Int, _ content: Column) {
      self.column = column
      guard let declared = content.declared,
        declared.contains(where: { NumberText.double(Array($0.utf8)) == nil })
      else {
        places = nil
        schema = DataSchema.Column(name: content.name)
        return
      }
      places = Dictionary(
        zip(declared, declared.indices), uniquingKeysWith: { first, _ in first })
      schema = DataSchema.Column(name: content.name, values: declared)
    }
  }

  /// Whether a header or declarations name the columns.
  private let isNamed: Bool

  init(_ columns: [Column], isNamed: Bool) {
    self.columns = columns
    self.isNamed = isNamed
    features = columns.indices.filter { columns[$0].role == .feature }
      .map { Feature($0, columns[$0]) }
    targets = columns.filter { if case .target = $0.role { true } else { false } }.map { _ in [] }
  }

  /// Takes a row; `text` has cut it.
  mutating func append(
    _ fields: [DelimitedText.Field], of text: DelimitedText
  ) throws(TableProblem) {
    guard fields.count == columns.count else {
      throw .fieldCount(line: text.line, found: fields.count, wanted: columns.count)
    }
    for feature in features { try appendFeature(feature, fields[feature.column], text) }
    for (index, column) in columns.enumerated() {
      guard column.role.isTold else { continue }
      guard !text.isMissing(fields[index]) else {
        throw .missing(line: text.line, column: index + 1, name: column.name)
      }
      let value = text.text(fields[index])
      try checkDeclared(value, index, line: text.line)
      if case .target(let number) = column.role {
        targets[number].append(value)
      } else {
        weights.append(value)
      }
    }
    lines.append(Int32(clamping: text.line))
  }

  private mutating func appendFeature(
    _ feature: Feature, _ field: DelimitedText.Field, _ text: DelimitedText
  ) throws(TableProblem) {
    let (index, name) = (feature.column, columns[feature.column].name)
    if let places = feature.places {
      guard !text.isMissing(field) else {
        throw .missing(line: text.line, column: index + 1, name: name)
      }
      let value = text.text(field)
      try checkDeclared(value, index, line: text.line)
      inputs += (0..<feature.width).map { $0 == places[value] ? 1 : 0 }
      return
    }
    guard let number = text.number(field) else {
      if text.isMissingNumber(field) {
        throw .missing(line: text.line, column: index + 1, name: name)
      }
      throw .notNumber(line: text.line, column: index + 1, name: name, text: text.text(field))
    }
    inputs.append(number)
  }

  private func checkDeclared(_ value: String, _ index: Int, line: Int) throws(TableProblem) {
    guard let declared = columns[index].declared, !declared.contains(value) else { return }
    throw .notDeclared(
      line: line, column: index + 1, name: columns[index].name, text: value, declared: declared)
  }

  /// The rows as examples.
  func examples(name: String) throws(TableProblem) -> ExamplePart {
    guard !lines.isEmpty else { throw .noRows }
    var named = targets.map { TargetColumn(name: "", cells: .texts($0)) }
    for column in columns {
      guard case .target(let number) = column.role else { continue }
      named[number].name = column.name
      named[number].declared = column.declared
    }
    let weight = columns.first { $0.role == .weight }
    return ExamplePart(
      name: name, inputs: .doubles(inputs), features: features.reduce(0) { $0 + $1.width },
      columns: features.map(\.schema), isNamed: isNamed, imageSize: nil, targets: named,
      weights: weight.map { TargetColumn(name: $0.name, cells: .texts(weights)) },
      places: .lines(lines))
  }
}
