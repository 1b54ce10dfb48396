/// One target column, as read from a file.
struct TargetColumn: Sendable {
  /// The targets, one per row.
  enum Cells {
    case texts([String])
    case integers([Int])
    case floats([Double])
  }

  var name: String
  var cells: Cells
  /// The classes that the file declares, in order.
  var declared: [String]?

  var count: Int {
    switch cells {
    case .texts(let cells): cells.count
    case .integers(let cells): cells.count
    case .floats(let cells): cells.count
    }
  }

  /// The target of a row as text.
  func text(_ row: Int) -> String {
    switch cells {
    case .texts(let cells): cells[row]
    case .integers(let cells): "\(cells[row])"
    case .floats(let cells): NumberText.text(of: cells[row])
    }
  }

  /// The target of a row as a number, or nil.
  func number(_ row: Int) -> Double? {
    switch cells {
    case .texts(let cells): NumberText.double(Array(cells[row].utf8))
    case .integers(let cells): Double(cells[row])
    case .floats(let cells): cells[row].isFinite ? cells[row] : nil
    }
  }

  /// The target of a row as a label: 1 for 1, `true` and `yes`; 0 for 0, -1, `false` and `no`; nil
  /// for others.
  func label(_ row: Int) -> Float? {
    if let number = number(row) {
      return number == 1 ? 1 : number == 0 || number == -1 ? 0 : nil
    }
    return TruthWord.value(of: text(row)).map { Float($0) }
  }

  /// The first row whose target is missing; nil if there is none.
  var firstMissing: Int? {
    guard case .texts(let cells) = cells else { return nil }
    if let row = cells.firstIndex(where: NumberText.isMissing) { return row }
    // A dash may be a class, as in UCI's credit data, but not among numbers.
    guard let row = cells.firstIndex(where: NumberText.isMissingNumber) else { return nil }
    let numbers = cells.count { NumberText.double(Array($0.utf8)) != nil }
    return 2 * numbers > cells.count ? row : nil
  }

  /// The exact whole number in a row; nil for others.
  func whole(_ row: Int) -> Int? {
    switch cells {
    case .texts(let cells):
      NumberText.integer(cells[row])
        ?? NumberText.double(Array(cells[row].utf8)).flatMap { Int(exactly: $0) }
    case .integers(let cells): cells[row]
    case .floats(let cells): Int(exactly: cells[row])
    }
  }
}
