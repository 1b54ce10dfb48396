/// A summary of a target column, from which the task is detected.
struct TargetContent {
  /// The number of rows.
  let rows: Int
  /// The number of rows that contain numbers.
  private(set) var numberCount = 0
  /// The first row that does not contain a number.
  private(set) var firstOther: Int?
  /// The different numbers, if all are whole.
  private(set) var numbers: Set<Int> = []
  /// Whether all numbers are whole.
  private(set) var areWhole = true
  /// Whether all rows contain labels.
  private(set) var areLabels = true
  /// Whether a row contains -1, which is 0 as a label.
  private(set) var hasMinusOne = false
  private(set) var hasZero = false

  /// Summarizes `column`.
  init(_ column: TargetColumn) {
    rows = column.count
    for row in 0..<rows {
      if areLabels, column.label(row) == nil { areLabels = false }
      guard let number = column.number(row) else {
        firstOther = firstOther ?? row
        continue
      }
      numberCount += 1
      if number == -1 { hasMinusOne = true }
      if number == 0 { hasZero = true }
      if areWhole, let whole = column.whole(row) { numbers.insert(whole) } else { areWhole = false }
    }
  }

  var areNumbers: Bool { firstOther == nil }

  /// Whether the whole numbers start at 0 or 1 and have no gaps, like classes.
  var isRun: Bool {
    guard let least = numbers.min(), let most = numbers.max() else { return false }
    return (least == 0 || least == 1) && most - least == numbers.count - 1
  }
}
