import Lamina

/// Reads the rows of a delimited table block by block, matched to the inputs of a model.
struct DelimitedRows: TextRows {
  private let form: TableForm
  /// A builder without rows.
  private let builder: TableBuilder
  let features: Int
  let keptNames: [String]
  let decisions: [DataDecision]

  var dialect: DelimitedText.Dialect { form.rows.dialect }
  var start: Int { form.rows.offset }

  /// Examines the first lines of a table.
  ///
  /// - Parameters:
  ///   - bytes: The first lines, or the whole table.
  ///   - options: The options of the training data, or others.
  ///   - schema: The inputs of the model.
  ///   - kept: The columns whose texts are kept.
  init(
    _ bytes: [UInt8], options: DataOptions, schema: DataSchema, keeping kept: [ColumnReference]
  ) throws(TableProblem) {
    let form = try TableForm(bytes, options: options, schema: schema)
    try DelimitedTable.checkSpelling(of: form.names)
    var places: [Int] = []
    for reference in kept { places.append(try ColumnRoles.index(of: reference, in: form.names)) }
    guard
      let match = try SchemaMatch(
        schema, names: form.names, isNamed: form.isNamed, options: options, inputsOnly: places)
    else { throw .noFeatures(columns: form.names.count) }
    let table = DelimitedTable(options: options, schema: schema)
    let decimal = try table.decimal(form, match.roles, known: schema.decimal)
    let format = NumberFormat(options, decimal: decimal == nil ? nil : .comma)
    try table.check(format, form)
    builder = TableBuilder(
      zip(form.names, match.roles).map { TableBuilder.Column(name: $0, role: $1) },
      isNamed: form.isNamed, features: FeatureColumns(fitted: match, format), keeping: places)
    self.form = form
    features = schema.inputNames.count
    keptNames = places.map { form.names[$0] }
    decisions = form.decisions + match.decisions + [decimal].compactMap(\.self)
  }

  func readFirst(_ block: TextBlock) throws(TableProblem) -> ExampleBlock {
    try read(
      DelimitedText(block.bytes, dialect, offset: form.rows.offset, line: form.rows.nextLine))
  }

  func read(_ block: TextBlock) throws(TableProblem) -> ExampleBlock {
    try read(block.text(dialect))
  }

  private func read(_ rows: DelimitedText) throws(TableProblem) -> ExampleBlock {
    var (builder, rows) = (builder, rows)
    try builder.appendRows(of: &rows, form)
    return builder.block
  }
}
