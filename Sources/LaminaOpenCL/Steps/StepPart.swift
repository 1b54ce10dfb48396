import Lamina

/// Calls of a step that go through the same units, one after the other: rows of a batch, columns, or
/// numbers of flat arrays. Different units need not know of each other.
struct StepPart {
  let division: Division
  /// The tiles of a product of which each is a unit; nil for other units.
  let tiles: TileGrid?
  /// The number of rows, columns or numbers.
  let count: Int
  /// The same, or beyond the padding that belongs to the last columns or numbers.
  var end: Int { division == .rows ? count : count.rounded(upTo: MatrixLayout.rowAlignment) }
  private(set) var calls: [StepPartCall]
  /// Parts begin at multiples of this.
  var unit: Int { calls.map(\.call.unit).max() ?? 1 }
  /// Bytes that each task reads for each of its blocks of units, and bytes that all tasks share out.
  private(set) var bytes = (whole: 0, shared: 0)
  /// What it costs beside others: groups make about four elementary operations while they move a
  /// byte.
  var cost: Int { max(1, work + 4 * bytes.shared) }
  /// All memory that the calls touch.
  private(set) var accesses: [Access<OpenCLBackend>]
  /// Elementary operations.
  private(set) var work: Int

  /// A part with one call.
  init(_ call: KernelCall, _ accesses: [Access<OpenCLBackend>], work: Int) {
    division = call.space.division
    tiles = nil
    count = call.space.count
    calls = []
    self.accesses = []
    self.work = 0
    add([.units(call)], accesses, work: work)
  }

  /// A part with a product by tiles.
  init(
    _ product: KernelCall, by tiles: TileGrid, _ accesses: [Access<OpenCLBackend>], work: Int
  ) {
    division = product.space.division
    self.tiles = tiles
    count = tiles.count
    calls = [.tiles(product, tiles)]
    self.accesses = accesses
    self.work = work
  }

  /// A part for some numbers of flat arrays.
  init(_ calls: [StepPartCall], count: Int, _ accesses: [Access<OpenCLBackend>], work: Int) {
    division = .numbers
    tiles = nil
    self.count = count
    self.calls = []
    self.accesses = []
    self.work = 0
    add(calls, accesses, work: work)
  }

  /// Adds calls after the others.
  mutating func add(
    _ calls: [StepPartCall], _ accesses: [Access<OpenCLBackend>], work: Int
  ) {
    self.calls += calls
    self.accesses += accesses
    self.work += work
    for access in accesses where !access.content.isPerExample {
      // Columns are read by their own tasks, and numbers that belong to units are divided as these.
      let isDivided =
        access.division != .whole || division == .columns || calls.contains(where: \.isByNumbers)
      if isDivided { bytes.shared += access.byteCount } else { bytes.whole += access.byteCount }
    }
  }

  /// True if the units of an operation with these accesses can follow on units of the same number:
  /// no unit touches what another one does.
  func canTake(_ call: KernelCall, _ accesses: [Access<OpenCLBackend>]) -> Bool {
    tiles == nil && call.space.division == division && call.space.count == count
      && !accesses.contains { access in self.accesses.contains { $0.conflicts(with: access) } }
  }

  /// True if an operation with these accesses must stay in order with this part.
  func dependsOn(_ accesses: [Access<OpenCLBackend>]) -> Bool {
    accesses.contains { access in self.accesses.contains { $0.dependsOn(access) } }
  }
}

/// A call with the units that it takes.
enum StepPartCall {
  /// Those of the part.
  case units(KernelCall)
  /// A tile, by a function that takes rows, and columns of these.
  case tiles(KernelCall, TileGrid)
  /// The numbers of flat arrays that belong to those of the part.
  case numbers(KernelCall, NumbersOfUnits)

  /// True if it takes the numbers that belong to units.
  var isByNumbers: Bool {
    if case .numbers = self { true } else { false }
  }

  var call: KernelCall {
    switch self {
    case .units(let call), .tiles(let call, _), .numbers(let call, _): call
    }
  }
}

/// The numbers of flat arrays that belong to units: `stride` each from `start` on, before `end`, of
/// which an operation takes those within a range.
struct NumbersOfUnits {
  let start, stride, end: Int
  /// The numbers that the operation is for, the first of which is its number 0.
  let operation: Range<Int>
}
