/// Classes that are written as columns of 0 and 1, one 1 in each row.
enum OneHotClasses {
  /// Whether the columns are so.
  static func holds(_ columns: [TargetColumn]) -> Bool { firstOther(columns) == nil }

  /// The first row that does not hold a single 1 among zeros.
  static func firstOther(_ columns: [TargetColumn]) -> Int? {
    (0..<(columns.first?.count ?? 0)).first { column(of: $0, in: columns) == nil }
  }

  /// Which column has the 1 of a row; nil where the row is not so.
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
