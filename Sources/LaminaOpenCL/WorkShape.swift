/// How work is cut for a kind of device.
struct WorkShape: Sendable {
  /// The numbers that a work-item handles at once: `WIDTH` in the kernels.
  let width: Int
  /// Work-items that share a row: `LANES` in the kernels.
  let lanes: Int
  /// Work-items that share the rows of a column, and columns of them in a group, in sums.
  let sumLanes: (rows: Int, columns: Int)
  /// Vectors that a work-item handles in kernels over flat arrays: `SPAN` in the kernels.
  let span: Int
  /// The least number of work-items in a group.
  private let groupSize: Int
  /// Rows that a group takes one after the other, in kernels that go by rows.
  private let rowsPerGroup: Int

  /// A work-item is a stretch of a thread: vectors as wide as registers, and several rows, since
  /// starting a group takes longer than a row of some hundred numbers.
  static let cpu = WorkShape(
    width: 16, lanes: 1, sumLanes: (1, 1), span: 64, groupSize: 1, rowsPerGroup: 8)
  /// Neighbours read neighbouring numbers, and few do much: many are needed.
  static let gpu = WorkShape(
    width: 4, lanes: 32, sumLanes: (32, 4), span: 1, groupSize: 64, rowsPerGroup: 1)

  /// The lanes of a row side by side, groups of several rows; kernels go on to further rows.
  func rows(_ count: Int) -> WorkSize {
    let rows = max(1, groupSize / lanes)
    let groups = count.divided(by: rows * rowsPerGroup)
    return WorkSize(global: (lanes, groups * rows), local: (lanes, rows))
  }

  /// A group of lanes for a row; kernels go on to further rows.
  func groups(rows count: Int) -> WorkSize {
    WorkSize(global: (lanes, count.divided(by: rowsPerGroup)), local: (lanes, 1))
  }

  /// For `column_sums.cl`.
  func columns(_ count: Int) -> WorkSize {
    let vectors = count.rounded(upTo: width) / width
    return WorkSize(
      global: (vectors.rounded(upTo: sumLanes.columns), sumLanes.rows),
      local: (sumLanes.columns, sumLanes.rows))
  }

  /// Spans of a flat array.
  func spans(of count: Int) -> WorkSize {
    let group = lanes * width * span
    return WorkSize(global: (count.rounded(upTo: group) / group * lanes, 1), local: (lanes, 1))
  }
}

/// The number of work-items of a launch, and of each of its groups.
struct WorkSize {
  let global: (x: Int, y: Int)
  let local: (x: Int, y: Int)

  init(global: (Int, Int), local: (Int, Int)) {
    self.global = global
    self.local = local
  }
}

extension Int {
  /// The least multiple of `unit` that is not below this number.
  func rounded(upTo unit: Int) -> Int { (self + unit - 1) / unit * unit }
}
