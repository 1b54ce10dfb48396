/// The tiles in which products are computed, as large as the caches of a core allow.
struct ProductTiles: Sendable {
  /// The results and the terms of a tile.
  typealias Tile = (rows: Int, columns: Int, depth: Int)

  /// The largest tile of one of LIBXSMM's kernels. The number of columns fills the registers well. A tile
  /// of `b` stays in the second-level cache while all rows pass: 256 KiB where that has 1 MiB, and less
  /// where a quarter of it is less. More than 1024 terms bring nothing.
  let kernel: Tile
  /// The terms of a tile of OpenBLAS's, whose tile of `b` stays in the first-level cache while all rows
  /// pass: 32 KiB, or less where the cache is smaller.
  private let nearDepth: Int

  private static let columns = 64

  /// - Parameter topology: The caches of a core. Where they are not known, they are taken for those of
  ///   usual servers.
  init(_ topology: ProcessorTopology) {
    func depth(_ bytes: Int, most: Int) -> Int {
      // A multiple of the terms that kernels take at once.
      max(32, min(most, bytes / (Self.columns * MemoryLayout<Float>.stride) / 32 * 32))
    }
    kernel = (96, Self.columns, depth((topology.secondCache ?? 1 << 20) / 4, most: 1024))
    nearDepth = depth(topology.firstCache ?? 32 << 10, most: 128)
  }

  /// The tile that OpenBLAS computes at a time; nil for all at once.
  ///
  /// Before it multiplies, OpenBLAS copies the operands into the order of its kernels. This costs a
  /// tenth of the time of large products and a third of that of small ones. Its AVX-512 kernel sets
  /// have other kernels, which need no copy, for up to a million multiplications, unless rows of `b`
  /// compete for the same places of the cache (``MatrixLayout``). These kernels are slow with a
  /// transposed `b`, so a wide one is copied. The shapes were found by measuring
  /// (`Benchmarks/README.md`).
  func blas(rows: Int, columns: Int, depth: Int, _ b: Rows) -> Tile? {
    let limit = 1_000_000
    guard rows * columns * depth > limit, !b.isTransposed || columns <= 512 else { return nil }
    return b.isTransposed
      ? (16, Self.columns, limit / (16 * Self.columns)) : (96, Self.columns, nearDepth)
  }
}
