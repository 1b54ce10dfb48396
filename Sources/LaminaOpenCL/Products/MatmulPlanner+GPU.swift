import Lamina

/// The choice of methods on GPUs without measurements.
///
/// Small layers leave most of a GPU idle, so the question is how long the longest chain of steps
/// is, not how many multiplications there are. A unit can hide the waiting of one group behind
/// others: a step lasts as long as its latency, or as all the multiplications of a unit's groups.
/// Tiles load least for each multiplication, but make few groups with long chains. Parts of the
/// depth make more, for the price of a second launch. Lanes make many groups with short chains,
/// which load much.
///
/// The numbers are in cycles of a compute unit that makes 64 multiplications in each; they rank
/// methods, and are no promise.
extension MatmulPlanner {
  /// From this number of multiplications on, CLBlast's blocking pays for its launches: 1024³. But it
  /// does not cut the depth: it must have work for all units.
  static let clblastThreshold = 1 << 30

  /// The method with the least estimated time among those that this device can run.
  func gpuMethod(for product: ProductShape) -> MatmulMethod {
    let multiplications = Double(product.rows) * Double(product.columns) * Double(product.depth)
    let tiles = product.rows.divided(by: 64) * product.columns.divided(by: 64)
    if multiplications >= Double(Self.clblastThreshold), tiles >= computeUnits { return .clblast }
    return MatmulMethod.gpuCandidates(for: product).filter(fits)
      .map { (method: $0, cycles: cycles(of: $0, for: product)) }
      .min { $0.cycles < $1.cycles }?.method ?? .clblast
  }

  private func cycles(of method: MatmulMethod, for product: ProductShape) -> Double {
    switch method {
    case .tiled(let size, let parts):
      Tile.of(size: size).map { cycles(of: $0, parts: parts, for: product) } ?? .infinity
    case .lanes(let rows, let vectors, let lanes):
      cycles(of: LaneTile(rows: rows, vectors: vectors, lanes: lanes), for: product)
    default: .infinity
    }
  }

  private func cycles(of tile: Tile, parts: Int, for product: ProductShape) -> Double {
    let tiles = product.rows.divided(by: tile.size) * product.columns.divided(by: tile.size)
    // The larger the tile, the fewer loads for each multiplication.
    let efficiency = tile.size == 32 ? 0.4 : tile.size == 64 ? 0.6 : 0.75
    let multiplications = Double(tile.size * tile.size * tile.slice) / efficiency
    let chain =
      Self.memoryLatency
      + cycles(
        steps: product.depth.divided(by: tile.slice).divided(by: parts),
        latency: Double(30 * tile.slice), work: multiplications / 64, groups: tiles * parts)
    if parts == 1 { return chain }
    // Another launch waits for the first, and reads all sums; it must pay clearly.
    let sums = Double(parts * product.rows * product.columns)
    return 1.25 * (chain + 4000 + sums / Double(8 * computeUnits))
  }

  private func cycles(of tile: LaneTile, for product: ProductShape) -> Double {
    let groups = tile.groups(rows: product.rows, columns: product.columns)
    // A unit gets half a vector a cycle from the caches; single vectors of columns count twice.
    let loads = tile.rows + (tile.vectors == 1 && !product.transposesB ? 8 : 4)
    return cycles(
      steps: product.depth.divided(by: 4 * tile.lanes),
      latency: Self.memoryLatency + Double(20 * loads),
      work: Double(tile.vectors * tile.lanes * loads) / 2, groups: groups.x * groups.y)
      + Double(60 * tile.lanes.trailingZeroBitCount)
  }

  private static let memoryLatency = 600.0

  /// A chain of steps, each of which waits, and does the work of each group of a unit.
  private func cycles(steps: Int, latency: Double, work: Double, groups: Int) -> Double {
    Double(steps) * max(latency, Double(groups.divided(by: computeUnits)) * work)
  }
}

extension MatmulMethod {
  /// Our methods for GPUs. Parts have two slices or more.
  static func gpuCandidates(for product: ProductShape) -> [MatmulMethod] {
    let tiled = Tile.all.flatMap { tile in
      let slices = product.depth.divided(by: tile.slice)
      return [1, 2, 4, 8, 16, 32].filter { $0 == 1 || $0 <= slices / 2 }
        .map { MatmulMethod.tiled(size: tile.size, parts: $0) }
    }
    let lanes = [4, 1].flatMap { rows in
      [(4, 16), (4, 64), (1, 64)].map { LaneTile(rows: rows, vectors: $0.0, lanes: $0.1) }
    }
    return tiled
      + lanes.filter { $0.isValid(transposesA: product.transposesA) }
      .map { .lanes(rows: $0.rows, vectors: $0.vectors, lanes: $0.lanes) }
  }
}
