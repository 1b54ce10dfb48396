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
  /// The paths of further parts.
  case files
  /// The file that names labels.
  case labelFile
  /// The target columns.
  case targetColumns
  /// The options about pictures.
  case pictures

  /// The key of the first option of the group that differs from its default; nil if there is none.
  func setKey(_ options: DataOptions) -> String? {
    let keys: [(DataOptions.CodingKeys, isSet: Bool)] =
      switch self {
      case .columns: Self.roleKeys(options) + Self.textKeys(options) + Self.encodingKey(options)
      case .text: Self.textKeys(options)
      case .encoding: Self.encodingKey(options)
      case .roles: Self.roleKeys(options)
      case .files: [(.test, options.test != nil), (.validation, options.validation != nil)]
      case .labelFile: [(.labelFile, options.labelFile != nil)]
      case .targetColumns: [(.targetColumns, options.targetColumns != nil)]
      case .pictures: [(.resize, options.resize != nil)]
      }
    return keys.first { $0.isSet }?.0.rawValue
  }

  private typealias Keys = [(DataOptions.CodingKeys, isSet: Bool)]

  private static func roleKeys(_ options: DataOptions) -> Keys {
    [
      (.targetColumns, options.targetColumns != nil),
      (.ignoredColumns, !options.ignoredColumns.isEmpty),
      (.weightColumn, options.weightColumn != nil),
    ]
  }

  private static func textKeys(_ options: DataOptions) -> Keys {
    [
      (.header, options.header != nil), (.separator, options.separator != nil),
      (.decimal, options.decimal != nil), (.thousands, options.thousands != nil),
      (.indexColumn, options.indexColumn != nil),
    ]
  }

  private static func encodingKey(_ options: DataOptions) -> Keys {
    [(.encoding, options.encoding != nil)]
  }
}

extension DataOptions {
  /// Throws if an option of these groups is set, because it would have no effect.
  func refuse(_ groups: [OptionGroup], _ reason: String, for path: String) throws(DataError) {
    if let key = groups.lazy.compactMap({ $0.setKey(self) }).first {
      throw .source(path: path, .option(key: key, reason: reason))
    }
  }
}
