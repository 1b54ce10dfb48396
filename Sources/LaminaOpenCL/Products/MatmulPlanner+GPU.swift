import Lamina

/// The choice of methods on GPUs without measurements: the one that ``ProductEstimate`` finds fastest.
///
/// Tiles load least for each multiplication, but make few groups with long chains. Parts of the depth
/// make more, for the price of a second launch, teams for the price of longer ends. Lanes make many groups
/// with short chains, which load much.
extension MatmulPlanner {
  /// The method with the least estimated time among those that this device can run.
  func gpuMethod(for product: ProductShape) -> MatmulMethod {
    rankedGPUMethods(for: product).first { fits($0.method) }?.method ?? .clblast
  }

  /// Our methods with their estimated time, the fastest first; those that are as fast in their order.
  func rankedGPUMethods(
    for product: ProductShape
  ) -> [(method: MatmulMethod, time: ProductEstimate.Time)] {
    let estimate = ProductEstimate(product: product, rates: rates)
    return MatmulMethod.gpuCandidates(for: product)
      .compactMap { method in estimate.time(of: method).map { (method, $0) } }
      .enumerated().sorted { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) }
      .map(\.element)
  }
}

extension MatmulMethod {
  /// More groups than any GPU has room for: parts of the depth would but take memory.
  private static let manyGroups = 4096

  /// Our methods for GPUs. Parts have two slices or more.
  static func gpuCandidates(for product: ProductShape) -> [MatmulMethod] {
    let tiled = Tile.all.flatMap { tile in
      let tiles = tile.count(rows: product.rows, columns: product.columns)
      let most = min(product.depth.divided(by: tile.slice) / 2, manyGroups / tiles)
      return [1, 2, 3, 4, 6, 8, 16, 32].filter { $0 == 1 || $0 <= most }
        .map { MatmulMethod.tiled(tile, parts: $0) }
    }
    let lanes = [4, 1].flatMap { rows in
      [(4, 16), (4, 64), (1, 64)].map { LaneTile(rows: rows, vectors: $0.0, lanes: $0.1) }
    }
    return tiled
      + lanes.filter { $0.isValid(transposesA: product.transposesA) }
      .map { .lanes(rows: $0.rows, vectors: $0.vectors, lanes: $0.lanes) }
  }
}
