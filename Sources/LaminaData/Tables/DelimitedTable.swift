/// Reads CSV, TSV and tables whose columns are separated by semicolons, bars or blanks.
struct DelimitedTable {
  let options: DataOptions
  /// The columns of the training data, which the table must have too.
  var schema: DataSchema?
  /// Whether the schema is that of a model, and not that of another part of the training data.
  var isFitted = false

  func examples(_ file: TextFile, name: String) throws(DataError) -> ExamplePart {
    if let thousands = options.thousands, !NumberFormat(options).isSound {
      throw .source(
        path: name,
        .option(key: "thousands", reason: "the \(thousands.rawValue) is the decimal mark"))
    }
    return try problems(of: name, as: DataError.table, read(file, name: name))
  }

  private func read(_ file: TextFile, name: String) throws(TableProblem) -> ExamplePart {
    let form = try TableForm(file.bytes, options: options, schema: schema)
    var decisions = file.decisions + form.decisions
    try Self.checkSpelling(of: form.names)
    let match = try SchemaMatch(schema, names: form.names, isNamed: form.isNamed, options: options)
    var roles = if let match { match.roles } else { try self.roles(form) }
    var index = try IndexColumnSearch(
      form, roles: &roles, option: match == nil ? options.indexColumn : .keep)
    let decimal = try self.decimal(form, roles, known: match?.schema.decimal)
    let format = NumberFormat(options, decimal: decimal == nil ? nil : .comma)
    try check(format, form)
    let layout = Layout(form: form, roles: roles, match: match, format: format)
    var builder = try readRows(layout)
    index.finish(&builder, name: form.names[0], inputs: roles.count { $0 == .feature })
    decisions += (match?.decisions ?? []) + index.decisions + [decimal].compactMap(\.self)
    var part = try builder.examples(name: name, decisions: decisions)
    part.decimal = decimal == nil ? nil : .comma
    return part
  }

  /// What is known of a table before its rows are read.
  private struct Layout {
    let form: TableForm
    let roles: [ColumnRoles.Role]
    let match: SchemaMatch?
    let format: NumberFormat

    /// The index and the name of each input column.
    var features: [(index: Int, name: String)] {
      roles.indices.filter { roles[$0] == .feature }.map { ($0, form.names[$0]) }
    }
  }

  private func readRows(_ layout: Layout) throws(TableProblem) -> TableBuilder {
    if let match = layout.match {
      if isFitted { return try readRows(layout, FeatureColumns(fitted: match, layout.format)) }
      return try readRows(
        layout, unfitted: zip(match.features, match.schema.columns).map { ($0, $1) })
    }
    if options.categoryColumns.isEmpty {
      // Most tables have only numbers. The others are read again.
      do throws(TableProblem) {
        let columns = layout.features.map { ($0.index, DataSchema.Column(name: $0.name)) }
        return try readRows(layout, unfitted: columns)
      } catch {
        switch error {
        case .missing, .notNumber: break
        default: throw error
        }
      }
    }
    return try readRows(layout, unfitted: try survey(layout))
  }

  /// The content of each input column, from all rows.
  private func survey(
    _ layout: Layout
  ) throws(TableProblem) -> [(index: Int, column: DataSchema.Column)] {
    let categories = try options.categoryPlaces(
      layout.form.names, inputs: layout.features.map(\.index))
    var survey = ColumnSurvey(
      layout.features, categories: categories, options, layout.format)
    var (rows, fields): (DelimitedText, [DelimitedText.Field]) = (layout.form.rows, [])
    while try rows.next(into: &fields) { survey.take(fields, rows) }
    return zip(layout.features, try survey.contents()).map { feature, content in
      (feature.index, DataSchema.Column(name: feature.name, content: content))
    }
  }

  private func readRows(
    _ layout: Layout, unfitted columns: [(index: Int, column: DataSchema.Column)]
  ) throws(TableProblem) -> TableBuilder {
    try readRows(
      layout, FeatureColumns(unfitted: columns, missing: options.missing, layout.format))
  }

  private func readRows(
    _ layout: Layout, _ features: FeatureColumns
  ) throws(TableProblem) -> TableBuilder {
    var builder = TableBuilder(
      zip(layout.form.names, layout.roles).map { TableBuilder.Column(name: $0, role: $1) },
      isNamed: layout.form.isNamed, features: features,
      keeping: try options.groupPlaces(layout.form.names))
    var rows = layout.form.rows
    try builder.appendRows(of: &rows, layout.form)
    return builder
  }

  /// Throws if the columns and the groups of digits are separated alike.
  func check(_ format: NumberFormat, _ form: TableForm) throws(TableProblem) {
    guard form.separator == .blanks, format.thousands == .blank else { return }
    throw .declaration(
      line: form.rows.nextLine,
      reason: "blanks separate the columns, so they cannot separate thousands; the option "
        + "separator chooses another delimiter")
  }

  private func roles(_ form: TableForm) throws(TableProblem) -> [ColumnRoles.Role] {
    try ColumnRoles(names: form.names, targets: options.targetsOfTable, options: options).roles
  }

  /// The decision for decimal commas if numbers have them and no option gives the notation.
  ///
  /// - Parameter known: The decimal mark detected in the training data; nil for a point.
  func decimal(
    _ form: TableForm, _ roles: [ColumnRoles.Role], known: DecimalMark?
  ) throws(TableProblem) -> DataDecision? {
    guard options.decimal == nil, NumberFormat(options).decimal == .point,
      options.thousands != .comma, form.separator != .comma || known == .comma,
      form.rows.bytes[form.rows.offset...].contains(UInt8(ascii: ","))
    else { return nil }
    return try DecimalSurvey(form, roles: roles, thousands: options.thousands)
      .decision(isKnown: known == .comma)
  }

  static func checkSpelling(of names: [String]) throws(TableProblem) {
    guard let (first, second) = SpellingCheck.conflict(in: names) else { return }
    throw .spelling(
      first: names[first], firstPlace: "column \(first + 1)", second: names[second],
      secondPlace: "column \(second + 1)")
  }
}

extension NumberFormat {
  /// The format in the options, with `decimal` if they do not give a decimal mark. If points
  /// separate thousands, the decimal mark is the comma.
  init(_ options: DataOptions, decimal: DecimalMark? = nil) {
    let other: DecimalMark = options.thousands == .point ? .comma : .point
    self.init(decimal: options.decimal ?? decimal ?? other, thousands: options.thousands)
  }
}
