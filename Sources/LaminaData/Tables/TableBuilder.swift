import Lamina

/// Collects the rows of a text table: features as inputs or cells, targets as their text in the
/// file.
struct TableBuilder {
  /// A column with its role.
  struct Column {
    let name: String
    /// The values that a nominal column declares; nil if any value may occur.
    var declared: [String]?
    var role: ColumnRoles.Role = .feature
  }

  /// The most numbers for which room is made at once: more than a block has.
  private static let mostReserved = 1 << 21

  private let columns: [Column]
  private let declared: [[ExactText: Int]?]
  private var features: [FeatureReader]
  /// Makes inputs of cells; nil collects cells.
  private let encoder: RowEncoder?
  private let format: NumberFormat
  /// The way to read plain records; nil if columns are read twice.
  private var plain: PlainRecord?
  /// The place of the text of each column in plain records.
  private var textPlaces: [Int: Int] = [:]
  /// The columns that are targets or weights.
  private let told: [Int]
  /// The columns whose texts are kept.
  private let kept: [Int]
  private var keptTexts: [TextColumn]
  private var inputs: [Double] = []
  /// The cells of the row that is read.
  private var cells: [Double] = []
  private var targets: [[String]]
  private var weights: [String] = []
  private var lines: [Int32] = []
  /// Whether a header or declarations name the columns.
  private let isNamed: Bool

  /// - Parameters:
  ///   - columns: All columns of the table.
  ///   - isNamed: Whether the columns have names of their own, not numbers.
  ///   - features: The input columns.
  ///   - kept: The columns whose texts are kept.
  init(_ columns: [Column], isNamed: Bool, features: FeatureColumns, keeping kept: [Int] = []) {
    self.columns = columns
    self.isNamed = isNamed
    format = features.format
    self.features = features.readers
    encoder = features.encoder
    told = columns.indices.filter { columns[$0].role.isTold }
    declared = columns.map { $0.declared.map { Dictionary(places: $0) } }
    self.kept = kept
    keptTexts = kept.map { _ in TextColumn() }
    targets = columns.filter { if case .target = $0.role { true } else { false } }.map { _ in [] }
    preparePlainRecords()
  }

  /// Finds the way to read plain records, in which numbers are in Swift's notation.
  private mutating func preparePlainRecords() {
    plain = nil
    // A column can be several inputs if the model has it several times.
    guard format == .plain, Set(features.map(\.column)).count == features.count else { return }
    var uses = [PlainRecord.Use](repeating: .init(), count: columns.count)
    for (place, feature) in features.filter(\.hasNumbers).enumerated() {
      uses[feature.column].number = place
    }
    let texts = Set(told + kept + features.filter { !$0.hasNumbers }.map(\.column)).sorted()
    textPlaces = Dictionary(uniqueKeysWithValues: zip(texts, texts.indices))
    for (place, column) in texts.enumerated() { uses[column].text = place }
    plain = PlainRecord(uses)
  }

  /// Appends the rows of `text` up to its end.
  mutating func appendRows(of text: inout DelimitedText, _ form: TableForm) throws(TableProblem) {
    var fields: [DelimitedText.Field] = []
    reserve(text)
    let areInputs = features.allSatisfy(\.hasNumbers) && encoder?.isIdentity != false
    let places = (told: told.map { textPlaces[$0] ?? 0 }, kept: kept.map { textPlaces[$0] ?? 0 })
    while true {
      if plain != nil, text.next(into: &plain!) {
        if areInputs { inputs += plain!.numbers } else { try appendPlain(text) }
        try finishRow(plain!.texts, told: places.told, kept: places.kept, of: text)
        continue
      }
      guard try text.next(into: &fields) else { return }
      form.trim(&fields, of: text)
      try append(fields, of: text)
    }
  }

  /// Appends the inputs of a plain record.
  private mutating func appendPlain(_ text: DelimitedText) throws(TableProblem) {
    guard let record = plain else { return }
    cells.removeAll(keepingCapacity: true)
    for index in features.indices {
      let use = record.uses[features[index].column]
      if let place = use.number {
        cells.append(record.numbers[place])
      } else if let place = use.text {
        cells.append(try features[index].cell(record.texts[place], text))
      }
    }
    appendCells()
  }

  private mutating func appendCells() {
    if let encoder { encoder.append(cells, to: &inputs) } else { inputs += cells }
  }

  /// Makes room for the rows of a block, all at once if they are as long as the first.
  private mutating func reserve(_ text: DelimitedText) {
    let rest = text.bytes[text.offset...]
    let length = (rest.firstIndex { $0 == 10 || $0 == 13 } ?? rest.endIndex) - rest.startIndex + 1
    let width = encoder?.width ?? features.count
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
    cells.removeAll(keepingCapacity: true)
    for index in features.indices {
      let field = fields[features[index].column]
      if !text.isMissing(field) { try checkDeclared(field, features[index].column, text) }
      cells.append(try features[index].cell(field, text))
    }
    appendCells()
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
    let width = features.count
    guard encoder == nil, let first = inputs.first.flatMap({ Int(exactly: $0) }),
      features[0].hasNumbers
    else { return nil }
    let counts = lines.indices.allSatisfy { inputs[$0 * width] == Double(first + $0) }
    return counts ? first : nil
  }

  /// Removes the first feature from cells.
  mutating func removeFirstFeature() {
    let width = features.count
    var rest: [Double] = []
    rest.reserveCapacity(lines.count * (width - 1))
    for row in lines.indices { rest += inputs[row * width + 1..<(row + 1) * width] }
    inputs = rest
    features.removeFirst()
    preparePlainRecords()
  }

  /// The rows without targets.
  var block: ExampleBlock {
    var block = ExampleBlock(inputs: .doubles(inputs), count: lines.count, kept: keptTexts)
    block.decisions = unknownValues
    return block
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
    var part = ExamplePart(
      name: name, inputs: .doubles(inputs), features: encoder?.width ?? features.count,
      columns: features.map(\.content), isNamed: isNamed, imageSize: nil, targets: named,
      weights: weights.isEmpty ? nil : TargetColumn(name: weight, cells: .texts(weights)),
      places: .lines(lines), decisions: decisions + unknownValues)
    part.hasCells = encoder == nil
    part.groups = keptTexts.first
    return part
  }

  /// Notes on values that the training data did not have.
  private var unknownValues: [DataDecision] {
    features.compactMap { feature in
      feature.unknown.map { unknown in
        let name = feature.content.name
        return DataDecision(
          subject: "unknown-values",
          text: "column \(shortened(name)) has values that the training data do not have, such as "
            + "\(cited(unknown.text)) in line \(unknown.line): their inputs are 0", column: name)
      }
    }
  }
}
