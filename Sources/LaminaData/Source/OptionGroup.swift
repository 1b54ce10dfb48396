/// Options that are of use only for some kinds of data.
enum OptionGroup {
  /// Those about the columns of tables, text or not.
  case columns
  /// Those about how text tables are written.
  case text
  /// The paths of further parts.
  case files
  /// The file that names labels.
  case labelFile
  /// The columns that are targets.
  case targetColumns
  /// Those about pictures.
  case pictures

  /// The key of the first option of the group that is not left at its default.
  func setKey(_ options: DataOptions) -> String? {
    let keys: [(DataOptions.CodingKeys, isSet: Bool)] =
      switch self {
      case .columns:
        [
          (.targetColumns, options.targetColumns != nil),
          (.ignoredColumns, !options.ignoredColumns.isEmpty),
          (.weightColumn, options.weightColumn != nil),
        ] + Self.textKeys(options)
      case .text: Self.textKeys(options)
      case .files: [(.test, options.test != nil), (.validation, options.validation != nil)]
      case .labelFile: [(.labelFile, options.labelFile != nil)]
      case .targetColumns: [(.targetColumns, options.targetColumns != nil)]
      case .pictures: [(.resize, options.resize != nil)]
      }
    return keys.first { $0.isSet }?.0.rawValue
  }

  private static func textKeys(
    _ options: DataOptions
  ) -> [(DataOptions.CodingKeys, isSet: Bool)] {
    [(.header, options.header != nil), (.separator, options.separator != nil)]
  }
}

extension DataOptions {
  /// Throws where one of these options is set: none may be without effect.
  func refuse(_ groups: [OptionGroup], _ reason: String, for path: String) throws(DataError) {
    if let key = groups.lazy.compactMap({ $0.setKey(self) }).first {
      throw .source(path: path, .option(key: key, reason: reason))
    }
  }
}
