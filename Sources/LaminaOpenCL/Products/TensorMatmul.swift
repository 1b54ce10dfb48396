import Lamina

/// A square tile of `matmul_tensor.cl` in a precision.
struct TensorTile {
  /// Rows and columns of a tile: `TILE_ROWS` and `TILE_COLUMNS` in the kernel.
  let size: Int
  /// Rows of a warp's tile, `WARP_ROWS`; its columns, `WARP_COLUMNS`, are always 32.
  let warpRows: Int
  let precision: Precision

  /// The sizes there are: 4 warps that share 64 rows and columns, and 8 that share 128.
  static let sizes = [64, 128]

  /// Nil where there is no tile of this size, or where tensor cores have nothing to do with the precision.
  init?(size: Int, _ precision: Precision) {
    guard Self.sizes.contains(size), precision != .fp32 else { return nil }
    self.size = size
    warpRows = size / 2
    self.precision = precision
  }

  /// Terms that are in local memory at a time: `SLICE`.
  var slice: Int { precision == .bf16 ? 32 : 16 }

  /// The work-items of a group: 32 of each warp.
  var groupSize: Int { size / warpRows * size / 32 * 32 }

  /// Slices that are in local memory at a time. Two numbers for each leave room for one.
  private var stages: Int { precision == .tf32x3 ? 1 : 2 }

  /// A line of a slice takes 64 bytes, and as many for the second numbers of TF32X3.
  var localBytes: Int { 2 * size * 64 * (precision == .tf32x3 ? 2 : stages) }

  fileprivate var macros: [String] {
    [
      precision.rawValue.uppercased(), "TILE_ROWS=\(size)", "TILE_COLUMNS=\(size)",
      "WARP_ROWS=\(warpRows)", "WARP_COLUMNS=32", "STAGES=\(stages)",
    ]
  }

  fileprivate func work(for product: MatrixProduct, parts: Int) -> WorkSize {
    WorkSize(
      global: (
        product.columns.divided(by: size) * groupSize, product.rows.divided(by: size) * parts
      ), local: (groupSize, 1))
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
      macros: (inParts ? ["EPILOGUE=PART"] : product.epilogue.macros) + product.operandMacros
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
        product.tileArguments + product.biasArguments + [.local(bytes)],
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
    let tiles = product.rows.divided(by: size) * product.columns.divided(by: size)
    let slices = product.depth.divided(by: tile.slice).divided(by: parts)
    let multiplications = Double(size * size * tile.slice) * (precision == .tf32x3 ? 3 : 1)
    // Small tiles load each number for half as many multiplications.
    let work = multiplications / (precision == .bf16 ? 1400 : 700) * (size == 64 ? 1.3 : 1)
    // A slice is loaded, placed, and waited for twice, while other groups of the unit multiply.
    let groups = (tiles * parts).divided(by: computeUnits)
    let chain = Double(slices) * max(work + 700, Double(groups) * work) + 1500
    if parts == 1 { return chain }
    // Another launch waits for the first, and reads all sums.
    let sums = Double(parts * product.rows * product.columns)
    return chain + 5000 + sums / Double(8 * computeUnits)
  }
}
