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

  /// Up to here 64-bit floats have every whole number.
  private static let mostExact = 9_007_199_254_740_992.0

  private let columns: [Column]
  private let declared: [[ExactText: Int]?]
  private var features: [Feature]
  private let format: NumberFormat
  /// The columns of the features where all are numbers as Swift writes them; nil where some are not.
  private var plainColumns: [Int]?
  /// The columns that are targets or weights.
  private let told: [Int]
  private var inputs: [Double] = []
  private var targets: [[String]]
  private var weights: [String] = []
  private var lines: [Int32] = []
  /// The columns of inputs that hold words for true and false.
  private var truthColumns: Set<Int> = []
  /// Whether a header or declarations name the columns.
  private let isNamed: Bool

  /// How a column becomes inputs.
  private struct Feature {
    let column: Int
    /// The place of each value that is a text; nil for numbers.
    let places: [ExactText: Int]?
    /// What becomes the inputs, for the schema.
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
  ///   - isNamed: Whether their names are more than numbers.
  ///   - match: The columns of the training data; nil takes all columns that are features.
  ///   - format: How numbers are written.
  init(
    _ columns: [Column], isNamed: Bool, match: SchemaMatch?, format: NumberFormat = .plain
  ) {
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

  /// Takes a row; `text` has cut it. `weight` is what its file says beside the columns.
  mutating func append(
    _ fields: [DelimitedText.Field], of text: DelimitedText, weight: String? = nil
  ) throws(TableProblem) {
    guard fields.count == columns.count else {
      throw .fieldCount(line: text.line, found: fields.count, wanted: columns.count)
    }
    if let plainColumns {
      for (feature, column) in plainColumns.enumerated() {
        // Most of the time of reading goes here: what a field is must not be copied for nothing.
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
      let whole = NumberText.integer(text.text(field)),
      Int(exactly: number) != whole
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
    // Words for true and false fill a whole column.
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
        ? "the lines before it have true or false, or yes or no, there"
        : NumberText.explanation(of: value, in: format))
  }

  /// Takes a nominal value: an input for each that there can be.
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
      throw .unknownValue(
        line: text.line, column: index + 1, name: name, text: value, known: known)
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

  /// A target or weight as it stands there, numbers as Swift writes them.
  private func written(
    _ field: DelimitedText.Field, _ index: Int, _ text: DelimitedText
  ) throws(TableProblem) -> String {
    let value = text.text(field)
    guard format != .plain, columns[index].declared == nil else { return value }
    let bytes = Array(value.utf8)
    if format.number(bytes) != nil, let digits = format.canonical(bytes) {
      return String(decoding: digits, as: UTF8.self)
    }
    // A number by the rules of another format would be taken for one later.
    if NumberText.double(bytes) != nil,
      let reason = NumberText.explanation(of: value, in: format)
    {
      throw .notNumber(
        line: text.line, column: index + 1, name: columns[index].name, text: value,
        reason: reason)
    }
    return value
  }

  /// The number at which the first feature starts to count the rows one by one; nil where it does
  /// not.
  var startOfCount: Int? {
    let width = features.reduce(0) { $0 + $1.width }
    guard let first = inputs.first.flatMap({ Int(exactly: $0) }), features[0].places == nil else {
      return nil
    }
    let counts = lines.indices.allSatisfy { inputs[$0 * width] == Double(first + $0) }
    return counts ? first : nil
  }

  /// Leaves the first feature out, which must be a number.
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
        "booleans", "\(what) \(listed(names)): true and yes are read as 1, false and no as 0")
    ]
  }
}
