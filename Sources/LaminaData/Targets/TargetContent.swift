/// What stands in a target column: what the rules that find a task look at.
struct TargetContent {
  /// The number of rows.
  let rows: Int
  /// How many rows hold numbers, and the first that holds none.
  private(set) var numberCount = 0
  private(set) var firstOther: Int?
  /// The different numbers, as long as all are whole.
  private(set) var numbers: Set<Int> = []
  /// Whether all numbers are whole.
  private(set) var areWhole = true
  /// Whether all rows hold labels, and whether -1 stands for no.
  private(set) var areLabels = true
  private(set) var hasMinusOne = false
  private(set) var hasZero = false

  /// Counts what stands in `column`.
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

  /// Whether the whole numbers count from 0 or 1 without a gap, as classes do.
  var isRun: Bool {
    guard let least = numbers.min(), let most = numbers.max() else { return false }
    return (least == 0 || least == 1) && most - least == numbers.count - 1
  }
}
