import Lamina

/// Reads the rows of an ARFF file block by block, matched to the inputs of a model.
struct ARFFBlockRows: TextRows {
  private let header: ARFFHeader
  /// A builder without rows.
  private let builder: TableBuilder
  let features: Int
  let keptNames: [String]
  let decisions: [DataDecision]

  let dialect = DelimitedText.Dialect.arff
  var start: Int { header.dataOffset }

  /// Examines the declarations at the start of `bytes`; the parameters are those of
  /// ``DelimitedRows``.
  init(
    _ bytes: [UInt8], options: DataOptions, schema: DataSchema, keeping kept: [ColumnReference]
  ) throws(TableProblem) {
    header = try ARFFHeader(bytes)
    let names = header.attributes.map(\.name)
    var places: [Int] = []
    for reference in kept { places.append(try ColumnRoles.index(of: reference, in: names)) }
    guard
      let match = try SchemaMatch(
        schema, names: names, isNamed: true, options: options, inputsOnly: places)
    else { throw .noFeatures(columns: names.count) }
    builder = TableBuilder(
      ARFFTable.columns(header.attributes, match.roles), isNamed: true,
      features: FeatureColumns(fitted: match), keeping: places)
    features = schema.inputNames.count
    keptNames = places.map { names[$0] }
    decisions = match.decisions
  }

  func readFirst(_ block: TextBlock) throws(TableProblem) -> ExampleBlock {
    try read(ARFFRows(block.bytes, header))
  }

  func read(_ block: TextBlock) throws(TableProblem) -> ExampleBlock {
    try read(ARFFRows(block, header))
  }

  private func read(_ rows: ARFFRows) throws(TableProblem) -> ExampleBlock {
    var (builder, rows) = (builder, rows)
    // Weights are for training.
    while let row = try rows.next() { try builder.append(row.fields, of: rows.text) }
    var block = builder.block
    block.decisions += ARFFTable.decisions(rows).filter { $0.subject != "weights" }
    return block
  }
}
