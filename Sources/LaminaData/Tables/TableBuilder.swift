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

  /// The most numbers for which room is made at once: more than a block has.
  private static let mostReserved = 1 << 21

  private let columns: [Column]
  private let declared: [[ExactText: Int]?]
  private var features: [Feature]
  private let format: NumberFormat
  /// The way to read plain records; nil if some feature is no number in Swift's notation.
  private var plain: PlainRecord?
  /// The columns that are targets or weights.
  private let told: [Int]
  /// The columns whose texts are kept.
  private let kept: [Int]
  private var keptTexts: [TextColumn]
  private var inputs: [Double] = []
  private var targets: [[String]]
  private var weights: [String] = []
  private var lines: [Int32] = []
  /// The input columns that contain words for true and false.
  private var truthColumns: Set<Int> = []
  /// Whether a header or declarations name the columns.
  private let isNamed: Bool
  /// Whether there were rows before these.
  private var hasBegun = false

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
  ///   - kept: The columns whose texts are kept.
  init(
    _ columns: [Column], isNamed: Bool, match: SchemaMatch?, format: NumberFormat = .plain,
    keeping kept: [Int] = []
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
    self.kept = kept
    keptTexts = kept.map { _ in TextColumn() }
    targets = columns.filter { if case .target = $0.role { true } else { false } }.map { _ in [] }
    plain = plainRecord
  }

  /// The way to read plain records, if all features are numbers in Swift's notation.
  private var plainRecord: PlainRecord? {
    guard format == .plain, features.allSatisfy({ $0.places == nil }) else { return nil }
    var uses = [PlainRecord.Use](repeating: .init(), count: columns.count)
    for (place, feature) in features.enumerated() {
      // A column can be several inputs if the model has it several times.
      guard uses[feature.column].number == nil else { return nil }
      uses[feature.column].number = place
    }
    for (place, column) in (told + kept).enumerated() {
      guard uses[column].text == nil else { return nil }
      uses[column].text = place
    }
    return PlainRecord(uses)
  }

  /// Appends the rows of `text` up to its end.
  mutating func appendRows(of text: inout DelimitedText, _ form: TableForm) throws(TableProblem) {
    var fields: [DelimitedText.Field] = []
    reserve(text)
    let (toldPlaces, keptPlaces) = (Array(told.indices), kept.indices.map { told.count + $0 })
    while true {
      if plain != nil, text.next(into: &plain!) {
        inputs += plain!.numbers
        try finishRow(plain!.texts, told: toldPlaces, kept: keptPlaces, of: text)
        continue
      }
      guard try text.next(into: &fields) else { return }
      form.trim(&fields, of: text)
      try append(fields, of: text)
    }
  }

  /// Makes room for the rows of a block, all at once if they are as long as the first.
  private mutating func reserve(_ text: DelimitedText) {
    let rest = text.bytes[text.offset...]
    let length = (rest.firstIndex { $0 == 10 || $0 == 13 } ?? rest.endIndex) - rest.startIndex + 1
    let width = features.reduce(0) { $0 + $1.width }
    inputs.reserveCapacity(
      inputs.count + min(Self.mostReserved, (rest.count / length + 1) * width))
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
    for feature in features { try appendFeature(feature, fields[feature.column], text) }
    try finishRow(fields, told: told, kept: kept, of: text, weight: weight)
  }

  /// Appends what a row has besides inputs.
  ///
  /// - Parameters:
  ///   - fields: The fields, among which are those of ``told`` and ``kept``.
  ///   - toldPlaces: The index in `fields` of each column of ``told``.
  ///   - keptPlaces: The index in `fields` of each column of ``kept``.
  ///   - text: The text that the fields are ranges of.
  ///   - weight: The weight that the file gives outside the columns.
  private mutating func finishRow(
    _ fields: [DelimitedText.Field], told toldPlaces: [Int], kept keptPlaces: [Int],
    of text: DelimitedText, weight: String? = nil
  ) throws(TableProblem) {
    for (place, index) in zip(toldPlaces, told) {
      guard !text.isMissing(fields[place]) else {
        throw .missing(line: text.line, column: index + 1, name: columns[index].name)
      }
      try checkDeclared(fields[place], index, text)
      let value = try written(fields[place], index, text)
      if case .target(let number) = columns[index].role {
        targets[number].append(value)
      } else {
        weights.append(value)
      }
    }
    for (number, place) in keptPlaces.enumerated() {
      keptTexts[number].append(fields[place], of: text)
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
      (lines.isEmpty && !hasBegun) || truthColumns.contains(index)
    {
      truthColumns.insert(index)
      plain = nil
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
    plain = plainRecord
  }

  /// The rows without targets.
  var block: ExampleBlock {
    var block = ExampleBlock(inputs: .doubles(inputs), count: lines.count, kept: keptTexts)
    block.decisions = truthDecisions
    return block
  }

  /// The same columns, and what was found out about them, without the rows.
  var emptied: TableBuilder {
    var builder = self
    builder.hasBegun = hasBegun || !lines.isEmpty
    (builder.inputs, builder.lines, builder.weights) = ([], [], [])
    builder.targets = targets.map { _ in [] }
    builder.keptTexts = kept.map { _ in TextColumn() }
    return builder
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
