/// One-hot classes: columns of 0 and 1, with a single 1 in each row.
enum OneHotClasses {
  /// Whether the columns are one-hot.
  static func holds(_ columns: [TargetColumn]) -> Bool { firstOther(columns) == nil }

  /// The first row that is not a single 1 among zeros.
  static func firstOther(_ columns: [TargetColumn]) -> Int? {
    (0..<(columns.first?.count ?? 0)).first { column(of: $0, in: columns) == nil }
  }

  /// The column with the 1 of a row; nil if the row is not one-hot.
  static func column(of row: Int, in columns: [TargetColumn]) -> Int? {
    var found: Int?
    for (index, column) in columns.enumerated() {
      guard let label = column.label(row) else { return nil }
      if label == 1, found != nil { return nil }
      if label == 1 { found = index }
    }
    return found
  }
}
