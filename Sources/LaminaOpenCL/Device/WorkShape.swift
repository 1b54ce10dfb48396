/// The way in which work is cut for a device.
struct WorkShape: Hashable, Sendable {
  /// The numbers that a work-item handles at once: `WIDTH` in the kernels.
  let width: Int
  /// Work-items that share a row: `LANES` in the kernels.
  var lanes: Int
  /// Vectors that a work-item handles in kernels over flat arrays.
  let span: Int

  /// Work-items that share the rows of a column, in sums.
  private(set) var sumRows: Int
  /// Columns of work-items in a group, in sums.
  private var sumColumns: Int
  /// The least number of work-items in a group of several rows.
  private var groupSize: Int
  /// Rows that a group takes one after the other, in kernels that go by rows.
  private let rowsPerGroup: Int

  /// A work-item is a stretch of a thread: vectors as wide as registers, and several rows, since
  /// starting a group takes longer than a row of some hundred numbers.
  static let cpu = WorkShape(
    width: 16, lanes: 1, span: 64, sumRows: 1, sumColumns: 1, groupSize: 1, rowsPerGroup: 8)
  /// Neighbours read neighbouring numbers, and few do much: many are needed.
  static let gpu = WorkShape(
    width: 4, lanes: 32, span: 1, sumRows: 32, sumColumns: 4, groupSize: 64, rowsPerGroup: 1)

  /// The most groups side by side in the second dimension: NVIDIA's hardware has no more. Kernels
  /// go on to further rows by themselves.
  static let mostGroups = 65_535

  /// For a GPU whose work-items run in bundles of so many, and whose groups have at most so many.
  static func gpu(bundle: Int, largestGroup: Int) -> WorkShape {
    var shape = gpu
    // A bundle that two rows share waits for the longer of both.
    if bundle >= 64 { shape.lanes = 64 }
    while shape.largestGroup > largestGroup, let smaller = shape.halved { shape = smaller }
    return shape
  }

  /// The work-items of its largest group.
  private var largestGroup: Int { max(lanes, groupSize, sumRows * sumColumns) }

  /// The same with groups of half the size; nil where they cannot be smaller.
  var halved: WorkShape? {
    guard largestGroup > 1 else { return nil }
    let most = largestGroup / 2
    var half = self
    while half.sumRows > 1, half.sumRows * sumColumns > most { half.sumRows /= 2 }
    half.sumColumns = min(sumColumns, most)
    half.groupSize = min(groupSize, most)
    half.lanes = min(lanes, most)
    return half
  }

  /// The launch over an index space.
  func size(of space: IndexSpace) -> WorkSize {
    switch space {
    case .rows(let count):
      let rows = max(1, groupSize / lanes)
      let groups = min(count.divided(by: rows * rowsPerGroup), Self.mostGroups)
      return WorkSize(global: (lanes, groups * rows), local: (lanes, rows))
    case .groups(let count):
      let groups = min(count.divided(by: rowsPerGroup), Self.mostGroups)
      return WorkSize(global: (lanes, groups), local: (lanes, 1))
    case .sums(let count):
      return WorkSize(global: (lanes, count), local: (lanes, 1))
    case .columns(let count):
      let vectors = count.rounded(upTo: width) / width
      return WorkSize(
        global: (vectors.rounded(upTo: sumColumns), sumRows), local: (sumColumns, sumRows))
    case .flat(let count):
      let group = groupNumbers
      return WorkSize(global: (count.rounded(upTo: group) / group * lanes, 1), local: (lanes, 1))
    }
  }

  /// The numbers of flat arrays that a group handles.
  var groupNumbers: Int { lanes * width * span }

  /// The macros of a kernel over an index space.
  func macros(of space: IndexSpace) -> [String] {
    switch space {
    case .columns:
      ["WIDTH=\(width)", "LANES=1", "ROW_LANES=\(sumRows)", "COLUMN_LANES=\(sumColumns)"]
    case .rows, .groups, .sums, .flat: ["WIDTH=\(width)", "LANES=\(lanes)"]
    }
  }
}

/// The items that a launch covers, for ``WorkShape`` to cut.
enum IndexSpace {
  /// So many rows: lanes of a row side by side, groups of several rows; kernels go on to further
  /// rows.
  case rows(Int)
  /// So many rows, each by a group of lanes; kernels go on to further rows.
  case groups(rows: Int)
  /// So many sums, each by a group of lanes.
  case sums(Int)
  /// So many columns, for `columns.clh`.
  case columns(Int)
  /// A flat array of this many numbers.
  case flat(Int)
}

/// The number of work-items of a launch, and of each of its groups.
struct WorkSize {
  let global: (x: Int, y: Int)
  let local: (x: Int, y: Int)

  init(global: (Int, Int), local: (Int, Int)) {
    self.global = global
    self.local = local
  }

  /// The work-items of a group.
  var groupSize: Int { local.x * local.y }
}

extension Int {
  /// The least multiple of `unit` that is not below this number.
  func rounded(upTo unit: Int) -> Int { (self + unit - 1) / unit * unit }
}
