/// Reads ARFF files, dense and sparse. Nominal columns whose values are numbers are read as
/// numbers; other nominal columns are categories. Texts and dates are what their fields are.
struct ARFFTable {
  let options: DataOptions
  /// The names of the label columns, if a label file gives them.
  let labels: [String]?
  /// The columns of the training data, which the file must have too.
  var schema: DataSchema?
  /// Whether the schema is that of a model, and not that of another part of the training data.
  var isFitted = false

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
    var builder = TableBuilder(
      Self.columns(header.attributes, roles), isNamed: true,
      features: try features(header, roles, match, file.bytes),
      keeping: try options.groupPlaces(names))
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

  /// The input columns: what the header declares of them, and of texts and dates what all rows say.
  private func features(
    _ header: ARFFHeader, _ roles: [ColumnRoles.Role], _ match: SchemaMatch?, _ bytes: [UInt8]
  ) throws(TableProblem) -> FeatureColumns {
    if let match {
      if isFitted { return FeatureColumns(fitted: match) }
      return FeatureColumns(
        unfitted: zip(match.features, match.schema.columns).map { ($0, $1) },
        missing: options.missing)
    }
    let places = roles.indices.filter { roles[$0] == .feature }
    var columns = places.map { (index: $0, column: header.attributes[$0].column) }
    let categories = try options.categoryPlaces(header.attributes.map(\.name), inputs: places)
    let open = columns.indices.filter {
      header.attributes[columns[$0].index].kind == .text
        || (columns[$0].column.content == .numbers && categories.contains(columns[$0].index))
    }
    guard !open.isEmpty else {
      return FeatureColumns(unfitted: columns, missing: options.missing)
    }
    var survey = ColumnSurvey(
      open.map { (columns[$0].index, columns[$0].column.name) }, categories: categories, options)
    var rows = ARFFRows(bytes, header)
    while let row = try rows.next() { survey.take(row.fields, rows.text) }
    for (place, content) in zip(open, try survey.contents()) {
      columns[place].column.content = content
    }
    return FeatureColumns(unfitted: columns, missing: options.missing)
  }

  static func columns(
    _ attributes: [ARFFHeader.Attribute], _ roles: [ColumnRoles.Role]
  ) -> [TableBuilder.Column] {
    zip(attributes, roles).map { attribute, role in
      var column = TableBuilder.Column(name: attribute.name, role: role)
      if case .nominal(let values) = attribute.kind { column.declared = values }
      return column
    }
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

extension ARFFHeader.Attribute {
  /// The column as declared: categories if its values are not all numbers.
  fileprivate var column: DataSchema.Column {
    guard case .nominal(let values) = kind,
      values.contains(where: { NumberText.double(Array($0.utf8)) == nil })
    else { return DataSchema.Column(name: name) }
    return DataSchema.Column(name: name, values: values)
  }
}
