import Lamina

/// A tile of `matmul_tensor.cl` in a precision.
struct TensorTile {
  /// Its name: the number of its rows.
  let size: Int
  let precision: Precision

  /// The sizes there are. Of 256 rows there are tiles in TF32 alone: others would need too much memory.
  static let sizes = [64, 128, 256]

  /// Nil where there is no tile of this size, or where tensor cores have nothing to do with the precision.
  init?(size: Int, _ precision: Precision) {
    guard Self.sizes.contains(size), precision != .fp32, size < 256 || precision == .tf32 else {
      return nil
    }
    self.size = size
    self.precision = precision
  }

  /// The results that a group computes: `TILE_ROWS` and `TILE_COLUMNS` in the kernel.
  var rows: Int { size }
  var columns: Int { min(size, 128) }

  /// Those of a warp: `WARP_ROWS` and `WARP_COLUMNS`.
  private var warp: (rows: Int, columns: Int) { (min(size / 2, 64), size == 256 ? 64 : 32) }

  /// Terms that are in local memory at a time: `SLICE`.
  var slice: Int { precision == .bf16 ? 32 : 16 }

  /// The work-items of a group: 32 of each warp.
  var groupSize: Int { rows / warp.rows * columns / warp.columns * 32 }

  /// Slices that are in local memory at a time. Two numbers for each, or many rows, leave room for one.
  private var stages: Int { precision == .tf32x3 || size == 256 ? 1 : 2 }

  /// A line of a slice takes 64 bytes, and as many for the second numbers of TF32X3.
  var localBytes: Int { (rows + columns) * 64 * (precision == .tf32x3 ? 2 : stages) }

  fileprivate var macros: [String] {
    [
      precision.rawValue.uppercased(), "TILE_ROWS=\(rows)", "TILE_COLUMNS=\(columns)",
      "WARP_ROWS=\(warp.rows)", "WARP_COLUMNS=\(warp.columns)", "STAGES=\(stages)",
    ]
  }

  /// The tiles that a result of `rows` × `columns` takes.
  func tiles(rows: Int, columns: Int) -> (x: Int, y: Int) {
    (columns.divided(by: self.columns), rows.divided(by: self.rows))
  }

  fileprivate func work(for product: MatrixProduct, parts: Int) -> WorkSize {
    let tiles = tiles(rows: product.rows, columns: product.columns)
    return WorkSize(global: (tiles.x * groupSize, tiles.y * parts), local: (groupSize, 1))
  }
}

extension CommandEncoder {
  /// The kernel, with the product's epilogue or without.
  func tensorKernel(
    for product: MatrixProduct, _ tile: TensorTile, inParts: Bool
  ) throws(BackendError) -> Kernel {
    try kernel(
      .matmulTensor,
      headers: product.epilogue.headers + [
        .operands, .tensorCores, .tensorCoresEmulated, .tensorTile, .tensorWarp,
      ],
      macros: (inParts
        ? ["EPILOGUE=PART", "ALIGNED_RESULTS"] : product.epilogue.macros + product.resultMacros)
        + product.operandMacros
        + tile.macros + (tensorCores?.macros ?? []))
  }

  /// One kernel, which has everything that follows the product as its epilogue, or parts of the depth
  /// by groups of their own and a kernel that adds them up in a fixed order.
  func encodeTensor(
    _ product: MatrixProduct, _ tile: TensorTile, parts: Int
  ) throws(BackendError) {
    let bytes = tile.localBytes + tile.groupSize * (tensorCores?.bytesPerItem ?? 0)
    guard parts > 1 else {
      return try add(
        tensorKernel(for: product, tile, inParts: false),
        product.tileArguments(results: product.resultType) + product.biasArguments
          + [.local(bytes)],
        tile.work(for: product, parts: 1))
    }
    let sums = try ProductParts(product, parts: parts, slice: tile.slice, scratch)
    try add(
      tensorKernel(for: product, tile, inParts: true), sums.arguments + [.local(bytes)],
      tile.work(for: product, parts: sums.count))
    try addUp(sums)
  }
}

extension MatmulMethod {
  /// The ways by tensor cores in a precision; none in fp32. Parts have two slices or more.
  static func tensorCandidates(
    for product: ProductShape, in precision: Precision
  ) -> [MatmulMethod] {
    var methods: [MatmulMethod] = []
    for size in TensorTile.sizes {
      guard let tile = TensorTile(size: size, precision) else { continue }
      let most = product.depth.divided(by: tile.slice) / 2
      for parts in [1, 2, 4, 8, 16] where parts == 1 || parts <= most {
        methods.append(.tensor(size: size, precision: precision, parts: parts))
      }
    }
    return methods
  }
}

extension MatmulPlanner {
  /// The method by tensor cores with the least estimated time; nil in fp32, without tensor cores, and
  /// for products of few rows, columns or terms: their tiles would be empty, and fp32 takes no longer.
  ///
  /// The numbers are in cycles of a compute unit. They rank methods, and are no promise.
  func tensorMethod(for product: ProductShape) -> MatmulMethod? {
    guard precision != .fp32, tensorCores != nil,
      [product.rows, product.columns, product.depth].allSatisfy({ $0 >= 16 })
    else { return nil }
    return MatmulMethod.tensorCandidates(for: product, in: precision).filter(fits)
      .map { (method: $0, cycles: tensorCycles(of: $0, for: product)) }
      .min { $0.cycles < $1.cycles }?.method
  }

  private func tensorCycles(of method: MatmulMethod, for product: ProductShape) -> Double {
    guard case .tensor(let size, _, let parts) = method,
      let tile = TensorTile(size: size, precision)
    else { return .infinity }
    let tiles = tile.tiles(rows: product.rows, columns: product.columns)
    let slices = product.depth.divided(by: tile.slice).divided(by: parts)
    let multiplications =
      Double(tile.rows * tile.columns * tile.slice) * (precision == .tf32x3 ? 3 : 1)
    // The larger the tile, the fewer loads and stores for each multiplication.
    let share = size == 64 ? 0.5 : size == 128 ? 0.55 : 0.65
    let work = multiplications / (precision == .bf16 ? 1400 : 700) / share
    // A slice is loaded, placed and waited for, while other groups of the unit multiply.
    let groups = (tiles.x * tiles.y * parts).divided(by: computeUnits)
    let chain = Double(slices) * max(work + 500, Double(groups) * work) + 1500
    if parts == 1 { return chain }
    // Another launch waits for the first, and reads all sums.
    let sums = Double(parts * product.rows * product.columns)
    return chain + 5000 + sums / Double(8 * computeUnits)
  }
}
