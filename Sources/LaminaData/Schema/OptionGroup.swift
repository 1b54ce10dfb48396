/// A group of options that apply only to some kinds of data.
enum OptionGroup {
  /// The options about the columns of tables, text or not.
  case columns
  /// The options about the notation of text tables.
  case text
  /// The encoding of text.
  case encoding
  /// The options about the roles of columns.
  case roles
  /// The options about the inputs that columns become.
  case preparation
  /// The paths of further parts.
  case files
  /// The file that names labels.
  case labelFile
  /// The target columns.
  case targetColumns
  /// The options about pictures.
  case pictures

  /// The options of the group.
  fileprivate var keys: [DataOptions.CodingKeys] {
    switch self {
    case .columns: Self.roles.keys + Self.text.keys + Self.encoding.keys + Self.preparation.keys
    case .text: [.header, .separator, .decimal, .thousands, .indexColumn]
    case .encoding: [.encoding]
    case .roles: [.targetColumns, .ignoredColumns, .weightColumn, .groupColumn]
    case .preparation:
      [.missing, .categoryColumns, .dates, .dateOrder, .embeddingAbove, .embeddingWidth]
    case .files: [.test, .validation]
    case .labelFile: [.labelFile]
    case .targetColumns: [.targetColumns]
    case .pictures: [.resize]
    }
  }
}

extension DataOptions {
  /// Throws if an option of these groups is set, because it would have no effect.
  func refuse(_ groups: [OptionGroup], _ reason: String, for path: String) throws(DataError) {
    if let key = groups.flatMap(\.keys).first(where: isSet) {
      throw .source(path: path, .option(key: key.rawValue, reason: reason))
    }
  }

  /// The keys of the options about the inputs that columns become, if they are set.
  public var preparationKeys: [String] {
    OptionGroup.preparation.keys.filter(isSet).map(\.rawValue)
  }

  /// Whether an option that only some kinds of data have differs from its default.
  private func isSet(_ key: CodingKeys) -> Bool {
    switch key {
    case .targetColumns: targetColumns != nil
    case .ignoredColumns: !ignoredColumns.isEmpty
    case .weightColumn: weightColumn != nil
    case .groupColumn: groupColumn != nil
    case .header: header != nil
    case .separator: separator != nil
    case .encoding: encoding != nil
    case .decimal: decimal != nil
    case .thousands: thousands != nil
    case .indexColumn: indexColumn != nil
    case .missing: missing != nil
    case .categoryColumns: !categoryColumns.isEmpty
    case .dates: dates != nil
    case .dateOrder: dateOrder != nil
    case .embeddingAbove: embeddingAbove != nil
    case .embeddingWidth: embeddingWidth != nil
    case .labelFile: labelFile != nil
    case .resize: resize != nil
    case .validation: validation != nil
    case .test: test != nil
    case .task, .validationShare, .testShare, .splitSeed, .stratify: false
    }
  }
}
