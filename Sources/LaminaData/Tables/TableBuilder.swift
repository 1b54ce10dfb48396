import Lamina

/// Collects the rows of a text table: features as doubles, targets as their text in the file.
struct TableBuilder {
  /// A column with its role.
  struct Column {
    let name: String
    /// The values that a nominal column declares; nil if any value may occur.
    var declared: [String]?
    var role: ColumnRoles.Role = .feature
  }

  /// The largest number up to which 64-bit floats represent every whole number.
  private static let mostExact = 9_007_199_254_740_992.0

  private let columns: [Column]
  private let declared: [[ExactText: Int]?]
  private var features: [Feature]
  private let format: NumberFormat
  /// The columns of the features if all are numbers in Swift's notation; nil otherwise.
  private var plainColumns: [Int]?
  /// The columns that are targets or weights.
  private let told: [Int]
  private var inputs: [Double] = []
  private var targets: [[String]]
  private var weights: [String] = []
  private var lines: [Int32] = []
  /// The input columns that contain words for true and false.
  private var truthColumns: Set<Int> = []
  /// Whether a header or declarations name the columns.
  private let isNamed: Bool

  /// A column that becomes one or more inputs.
  private struct Feature {
    let column: Int
    /// The index of the input for each nominal value; nil for numbers.
    let places: [ExactText: Int]?
    /// The column as the schema describes it.
    let schema: DataSchema.Column
    var width: Int { schema.values?.count ?? 1 }

    init(_ column: Int, _ content: Column) {
      let texts = content.declared.flatMap { declared in
        declared.contains { NumberText.double(Array($0.utf8)) == nil } ? declared : nil
      }
      self.init(column, DataSchema.Column(name: content.name, values: texts))
    }

    init(_ column: Int, _ schema: DataSchema.Column) {
      self.column = column
      self.schema = schema
      places = schema.values.map { Dictionary(places: $0) }
    }
  }

  /// - Parameters:
  ///   - columns: All columns of the table.
  ///   - isNamed: Whether the columns have names of their own, not numbers.
  ///   - match: The columns of the training data; nil takes all columns that are features.
  ///   - format: The notation of numbers.
  init(_ columns: [Column], isNamed: Bool, match: SchemaMatch?, format: NumberFormat = .plain) {
    self.columns = columns
    self.isNamed = isNamed
    self.format = format
    told = columns.indices.filter { columns[$0].role.isTold }
    declared = columns.map { $0.declared.map { Dictionary(places: $0) } }
    if let match {
      features = zip(match.features, match.schema.columns).map { Feature($0, $1) }
    } else {
      features = columns.indices.filter { columns[$0].role == .feature }
        .map { Feature($0, columns[$0]) }
    }
    let arePlain = format == .plain && features.allSatisfy { $0.places == nil }
    plainColumns = arePlain ? features.map(\.column) : nil
    targets = columns.filter { if case .target = $0.role { true } else { false } }.map { _ in [] }
  }

  /// Appends a row.
  ///
  /// - Parameters:
  ///   - fields: The fields of the row.
  ///   - text: The text that the fields are ranges of.
  ///   - weight: The weight that the file gives outside the columns.
  mutating func append(
    _ fields: [DelimitedText.Field], of text: DelimitedText, weight: String? = nil
  ) throws(TableProblem) {
    guard fields.count == columns.count else {
      throw .fieldCount(line: text.line, found: fields.count, wanted: columns.count)
    }
    if let plainColumns {
      for (feature, column) in plainColumns.enumerated() {
        // Most of the reading time is spent here, so fields must not be copied needlessly.
        if fields[column].text == nil,
          let number = NumberText.double(text.bytes, fields[column].range),
          number.magnitude <= Self.mostExact
        {
          inputs.append(number)
        } else {
          try appendFeature(features[feature], fields[column], text)
        }
      }
    } else {
      for feature in features { try appendFeature(feature, fields[feature.column], text) }
    }
    for index in told {
      guard !text.isMissing(fields[index]) else {
        throw .missing(line: text.line, column: index + 1, name: columns[index].name)
      }
      try checkDeclared(fields[index], index, text)
      let value = try written(fields[index], index, text)
      if case .target(let number) = columns[index].role {
        targets[number].append(value)
      } else {
        weights.append(value)
      }
    }
    if weight != nil || !weights.isEmpty, !columns.contains(where: { $0.role == .weight }) {
      weights += [String](repeating: "1", count: lines.count - weights.count) + [weight ?? "1"]
    }
    lines.append(Int32(clamping: text.line))
  }

  private mutating func appendFeature(
    _ feature: Feature, _ field: DelimitedText.Field, _ text: DelimitedText
  ) throws(TableProblem) {
    if feature.places != nil {
      try appendValue(feature, field, text)
      return
    }
    let number = text.number(field, in: format)
    if let number, number.magnitude > Self.mostExact,
      let whole = NumberText.integer(text.text(field)), Int(exactly: number) != whole
    {
      throw .inexact(
        line: text.line, column: feature.column + 1, name: columns[feature.column].name,
        text: text.text(field))
    }
    if let number, !truthColumns.contains(feature.column) {
      inputs.append(number)
      return
    }
    let (index, name, value) = (feature.column, columns[feature.column].name, text.text(field))
    // A column consists of truth values only or has none.
    if number == nil, let truth = TruthWord.value(of: value),
      lines.isEmpty || truthColumns.contains(index)
    {
      truthColumns.insert(index)
      plainColumns = nil
      inputs.append(truth)
      return
    }
    if text.isMissingNumber(field) {
      throw .missing(line: text.line, column: index + 1, name: name)
    }
    throw .notNumber(
      line: text.line, column: index + 1, name: name, text: value,
      reason: truthColumns.contains(index)
        ? "the lines before it have true or false, or yes or no, in this column"
        : NumberText.explanation(of: value, in: format))
  }

  /// Appends a nominal value as one input per possible value.
  private mutating func appendValue(
    _ feature: Feature, _ field: DelimitedText.Field, _ text: DelimitedText
  ) throws(TableProblem) {
    let (index, name) = (feature.column, columns[feature.column].name)
    guard !text.isMissing(field) else {
      throw .missing(line: text.line, column: index + 1, name: name)
    }
    try checkDeclared(field, index, text)
    let value = text.text(field)
    guard let place = feature.places?[ExactText(value)] else {
      let known = feature.schema.values ?? []
      if let like = known.first(where: { $0 == value }) {
        throw .spelling(
          first: like, firstPlace: "in the training data", second: value,
          secondPlace: "line \(text.line), column \(index + 1)")
      }
      throw .unknownValue(line: text.line, column: index + 1, name: name, text: value, known: known)
    }
    inputs += (0..<feature.width).map { $0 == place ? 1 : 0 }
  }

  private func checkDeclared(
    _ field: DelimitedText.Field, _ index: Int, _ text: DelimitedText
  ) throws(TableProblem) {
    guard let known = declared[index] else { return }
    let value = text.text(field)
    guard known[ExactText(value)] == nil else { return }
    throw .notDeclared(
      line: text.line, column: index + 1, name: columns[index].name, text: value,
      declared: columns[index].declared ?? [])
  }

  /// A target or weight as its text in the file, with numbers in Swift's notation.
  private func written(
    _ field: DelimitedText.Field, _ index: Int, _ text: DelimitedText
  ) throws(TableProblem) -> String {
    let value = text.text(field)
    guard format != .plain, columns[index].declared == nil else { return value }
    let bytes = Array(value.utf8)
    if format.number(bytes) != nil, let digits = format.canonical(bytes) {
      return String(decoding: digits, as: UTF8.self)
    }
    // A number in another format would be read as a different number later.
    if NumberText.double(bytes) != nil, let reason = NumberText.explanation(of: value, in: format) {
      throw .notNumber(
        line: text.line, column: index + 1, name: columns[index].name, text: value, reason: reason)
    }
    return value
  }

  /// The number at which the first feature starts to count the rows; nil if it does not count them.
  var startOfCount: Int? {
    let width = features.reduce(0) { $0 + $1.width }
    guard let first = inputs.first.flatMap({ Int(exactly: $0) }), features[0].places == nil else {
      return nil
    }
    let counts = lines.indices.allSatisfy { inputs[$0 * width] == Double(first + $0) }
    return counts ? first : nil
  }

  /// Removes the first feature, which must be a number.
  mutating func removeFirstFeature() {
    let width = features.reduce(0) { $0 + $1.width }
    var rest: [Double] = []
    rest.reserveCapacity(lines.count * (width - 1))
    for row in lines.indices { rest += inputs[row * width + 1..<(row + 1) * width] }
    inputs = rest
    features.removeFirst()
    plainColumns?.removeFirst()
  }

  /// The rows as examples.
  func examples(name: String, decisions: [DataDecision]) throws(TableProblem) -> ExamplePart {
    guard !lines.isEmpty else { throw .noRows }
    var named = targets.map { TargetColumn(name: "", cells: .texts($0)) }
    for column in columns {
      guard case .target(let number) = column.role else { continue }
      named[number].name = column.name
      named[number].declared = column.declared
    }
    let weight = columns.first { $0.role == .weight }?.name ?? "weight"
    return ExamplePart(
      name: name, inputs: .doubles(inputs), features: features.reduce(0) { $0 + $1.width },
      columns: features.map(\.schema), isNamed: isNamed, imageSize: nil, targets: named,
      weights: weights.isEmpty ? nil : TargetColumn(name: weight, cells: .texts(weights)),
      places: .lines(lines), decisions: decisions + truthDecisions)
  }

  private var truthDecisions: [DataDecision] {
    let names = columns.indices.filter(truthColumns.contains).map { columns[$0].name }
    guard !names.isEmpty else { return [] }
    let what = names.count == 1 ? "column" : "columns"
    return [
      DataDecision(
        subject: "booleans",
        text: "\(what) \(listed(names)): true and yes are read as 1, false and no as 0")
    ]
  }
}
