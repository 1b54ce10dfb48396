/// Reads ARFF files, dense and sparse. Nominal columns whose values are numbers are read as
/// numbers; other nominal columns become one input per value.
struct ARFFTable {
  let options: DataOptions
  /// The names of the label columns, if a label file gives them.
  let labels: [String]?
  /// The columns of the training data, which the file must have too.
  var schema: DataSchema?

  func examples(path: String) throws(DataError) -> ExamplePart {
    let file = try TextFile(path: path, encoding: options.encoding)
    return try problems(of: path, as: DataError.table, examples(file, name: path))
  }

  private func examples(_ file: TextFile, name: String) throws(TableProblem) -> ExamplePart {
    let header = try ARFFHeader(file.bytes)
    let names = header.attributes.map(\.name)
    let match = try SchemaMatch(schema, names: names, isNamed: true, options: options)
    var targets = ARFFTargets(header, labels: labels, options: options)
    if match != nil { targets = ARFFTargets(known: schema?.task) }
    let roles = if let match { match.roles } else { try targets.roles(names, options) }
    let columns = try Self.columns(header.attributes, roles)
    var builder = TableBuilder(columns, isNamed: true, match: match)
    var rows = ARFFRows(file.bytes, header)
    while let row = try rows.next() {
      if row.weight != nil, let column = options.weightColumn {
        throw .declaration(
          line: rows.text.line,
          reason: "the row has a weight in braces, but the weights are those of column "
            + "\(cited(column.text)); leave the option weight-column out")
      }
      try builder.append(row.fields, of: rows.text, weight: row.weight)
    }
    let decisions = file.decisions + (match?.decisions ?? targets.decisions) + Self.decisions(rows)
    var part = try builder.examples(name: name, decisions: decisions)
    part.task = targets.task
    return part
  }

  static func columns(
    _ attributes: [ARFFHeader.Attribute], _ roles: [ColumnRoles.Role]
  ) throws(TableProblem) -> [TableBuilder.Column] {
    var columns: [TableBuilder.Column] = []
    for (attribute, role) in zip(attributes, roles) {
      var column = TableBuilder.Column(name: attribute.name, role: role)
      if case .nominal(let values) = attribute.kind { column.declared = values }
      if attribute.kind == .text, role == .feature {
        throw .declaration(
          line: attribute.line,
          reason: "\(cited(attribute.name)) is text, which cannot be an input; leave the column "
            + "out")
      }
      columns.append(column)
    }
    return columns
  }

  static func decisions(_ rows: ARFFRows) -> [DataDecision] {
    var decisions: [DataDecision] = []
    if rows.hasTrailingComma {
      decisions.note(
        "trailing-separators", "rows end with a comma; the empty field after it is left out")
    }
    if rows.hasWeights {
      decisions.note(
        "weights", "numbers in braces after the rows multiply the losses of the examples")
    }
    return decisions
  }
}
