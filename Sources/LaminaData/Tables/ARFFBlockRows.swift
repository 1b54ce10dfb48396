import Lamina

/// Reads the rows of an ARFF file block by block, matched to the inputs of a model.
struct ARFFBlockRows: TextRows {
  private let header: ARFFHeader
  private var builder: TableBuilder
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
      try ARFFTable.columns(header.attributes, match.roles), isNamed: true, match: match,
      keeping: places)
    features = schema.columns.flatMap(\.inputNames).count
    keptNames = places.map { names[$0] }
    decisions = match.decisions
  }

  mutating func readFirst(_ block: TextBlock) throws(TableProblem) -> ExampleBlock {
    let result = try Self.read(ARFFRows(block.bytes, header), &builder)
    builder = builder.emptied
    return result
  }

  func read(_ block: TextBlock) throws(TableProblem) -> ExampleBlock {
    var builder = builder
    return try Self.read(ARFFRows(block, header), &builder)
  }

  private static func read(
    _ rows: ARFFRows, _ builder: inout TableBuilder
  ) throws(TableProblem) -> ExampleBlock {
    var rows = rows
    // Weights are for training.
    while let row = try rows.next() { try builder.append(row.fields, of: rows.text) }
    var block = builder.block
    block.decisions += ARFFTable.decisions(rows).filter { $0.subject != "weights" }
    return block
  }
}
