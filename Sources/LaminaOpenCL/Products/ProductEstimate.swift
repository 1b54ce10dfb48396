import Lamina

/// The estimated time of a product on a GPU, in seconds: the order of methods without measurements.
///
/// A unit can do the work of one group while another waits. So a round of groups side by side lasts as
/// long as the slices of one take alone, or as all their multiplications, reads of local memory or reads
/// from the cache of all units, whichever is longest.
struct ProductEstimate {
  let product: ProductShape
  let rates: UnitRates

  /// The time of a method's launches; nil for methods that are none of ours.
  func time(of method: MatmulMethod) -> Time? {
    switch method {
    case .tiled(let tile, let parts): time(of: tile, parts: parts)
    case .lanes(let rows, let vectors, let lanes):
      time(of: LaneTile(rows: rows, vectors: vectors, lanes: lanes))
    default: nil
    }
  }

  /// Less is faster; among methods that the host launches no faster, what the device does faster.
  struct Time: Comparable {
    /// Of launches that follow each other, and of the device's part of them.
    var seconds, busy: Double

    static func < (a: Self, b: Self) -> Bool { (a.seconds, a.busy) < (b.seconds, b.busy) }
  }

  /// Of launches, each with its cycles. Hosts are ahead of devices where these have work.
  private func time(ofLaunches cycles: [Double]) -> Time {
    cycles.reduce(into: Time(seconds: 0, busy: 0)) { time, cycles in
      let busy = rates.gap + cycles / rates.clock
      time.busy += busy
      time.seconds += max(rates.launch, busy)
    }
  }

  // MARK: Tiles

  private func time(of tile: Tile, parts: Int) -> Time {
    let slices = product.depth.divided(by: tile.slice).divided(by: parts)
    let parts = product.depth.divided(by: slices * tile.slice)
    let groups = tile.count(rows: product.rows, columns: product.columns) * parts
    let cycles = rates.cycles(groups: groups, resident: residentGroups(of: tile)) { count in
      Double(slices) * sliceCycles(of: tile, groups: count) + endCycles(of: tile, groups: count)
        // The first slice comes while nothing can be multiplied.
        + rates.latency
    }
    let whole = max(cycles, memoryCycles(results: parts))
    return time(ofLaunches: parts == 1 ? [whole] : [whole, sumCycles(parts: parts)])
  }

  /// Groups that a unit has room for.
  private func residentGroups(of tile: Tile) -> Int {
    min(
      rates.registers / (tile.registers * tile.items), rates.localMemory / tile.localBytes)
  }

  /// The cycles of a slice of groups side by side. Where there is one, nobody works while it waits.
  private func sliceCycles(of tile: Tile, groups: Int) -> Double {
    let terms = Double(tile.slice)
    let multiply =
      Double(tile.rows * tile.columns) * terms
      / (rates.multiplications * tile.multiplicationShare)
    let (read, placed) = tile.localTraffic
    let local = (read + placed) / rates.localBytes
    let load = Double((tile.rows + tile.columns) * 4) * terms / rates.cacheBytes
    let work = Double(groups) * max(multiply + rates.localWaits * local, local, load)
    return max(rates.latency, work) + rates.barrier / Double(groups)
  }

  /// The cycles in which groups add up the sums of their teams and store their results.
  private func endCycles(of tile: Tile, groups: Int) -> Double {
    let bytes = Double(groups * tile.rows * tile.columns * 4)
    let teams = Double(tile.teams - 1) * (2 * bytes / rates.localBytes + 2 * rates.barrier)
    return teams + Double(1 + epilogueReads) * bytes / rates.cacheBytes + rates.latency
  }

  /// Each number that the epilogue reads for a result that it stores.
  private var epilogueReads: Int {
    switch product.epilogue {
    case .plain, .activation: 0
    case .derivative: 1
    // Velocity and weights, which it stores both.
    case .update: 3
    }
  }

  /// The cycles in which operands and results come from memory or go there once.
  private func memoryCycles(results: Int) -> Double {
    let operands = Double((product.rows + product.columns) * product.depth)
    let bytes = 4 * (operands + numbers(ofResults: results))
    return bytes / (rates.memoryBytes * Double(rates.units))
  }

  private func numbers(ofResults count: Int) -> Double {
    Double(count) * Double(product.rows) * Double(product.columns)
  }

  /// The cycles of the second launch, which reads the sums of all parts from the cache of all units.
  private func sumCycles(parts: Int) -> Double {
    4 * numbers(ofResults: parts + 1 + epilogueReads)
      / (rates.cacheBytes * Double(rates.units))
      + 2 * rates.latency
  }

  // MARK: Lanes

  private func time(of tile: LaneTile) -> Time {
    let groups = tile.groups(rows: product.rows, columns: product.columns)
    let items = tile.vectors * tile.lanes
    // Single vectors of columns take a part of each line of memory, and count twice.
    let loads = Double(tile.rows + (tile.vectors == 1 && !product.transposesB ? 8 : 4))
    let load = Double(items) * loads * 16 / rates.nearBytes
    let multiply = Double(items * tile.rows * 16) / (rates.multiplications * 0.5)
    let steps = Double(product.depth.divided(by: 4 * tile.lanes))
    let fold = rates.barrier * Double(tile.lanes.trailingZeroBitCount)
    let cycles = rates.cycles(groups: groups.x * groups.y, resident: 1024 / items) { count in
      // A work-item has 20 cycles of instructions for each of its loads.
      steps * max(rates.latency + 20 * loads, Double(count) * max(load, multiply))
        + fold + rates.latency
    }
    return time(ofLaunches: [max(cycles, memoryCycles(results: 1))])
  }
}

extension Tile {
  /// Registers of a work-item, as compilers for NVIDIA's GPUs use them.
  fileprivate var registers: Int { vectors == 4 ? 248 : vectors == 2 ? 168 : 128 }

  /// The share of multiplications among the instructions of a slice, as the same compilers write them.
  fileprivate var multiplicationShare: Double {
    if vectors == 1 { return teams == 1 ? 0.82 : 0.77 }
    if vectors == 4 { return 0.92 }
    return teams == 1 ? 0.89 : 0.86
  }

  /// Bytes of local memory that a group reads and writes for a slice. The 16 work-items that read at
  /// a time have 2 vectors of `a` and 8 of `b`, and either takes a cycle of 128 bytes. A vector that is
  /// turned is written by single numbers.
  fileprivate var localTraffic: (read: Double, placed: Double) {
    let halves = Double(items / 16) * Double(slice / teams)
    return (halves * Double(2 + vectors) * 128, Double((rows + columns) * slice * 4))
  }
}
