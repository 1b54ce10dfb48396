import Lamina

/// A square tile of `matmul_tiled.cl`.
struct Tile {
  /// Rows and columns of a tile: `TILE` in the kernel.
  let size: Int
  /// Terms that are in local memory at a time: `SLICE`.
  let slice: Int
  /// Rows and vectors of columns of a work-item: `ROWS` and `VECTORS`.
  let rows, vectors: Int

  /// The tiles there are: 4×4, 8×4 and 8×8 results a work-item, at most 10 KiB of local memory.
  static let all = [
    Tile(size: 32, slice: 16, rows: 4, vectors: 1), Tile(size: 64, slice: 16, rows: 8, vectors: 1),
    Tile(size: 128, slice: 8, rows: 8, vectors: 2),
  ]

  /// The tile of a size; nil where there is none.
  static func of(size: Int) -> Tile? { all.first { $0.size == size } }

  /// The work-items of a group.
  var group: (x: Int, y: Int) { (size / (4 * vectors), size / rows) }

  fileprivate var macros: [String] {
    ["TILE=\(size)", "SLICE=\(slice)", "ROWS=\(rows)", "VECTORS=\(vectors)"]
  }

  /// Two slices, each line with a vector more than it needs.
  var localBytes: Int { 2 * slice * (size + 4) * MemoryLayout<Float>.stride }

  fileprivate func work(for product: MatrixProduct, parts: Int) -> WorkSize {
    WorkSize(
      global: (
        product.columns.divided(by: size) * group.x,
        product.rows.divided(by: size) * parts * group.y
      ), local: group)
  }
}

extension CommandEncoder {
  /// The kernel, with the product's epilogue or without.
  func tiledKernel(
    for product: MatrixProduct, _ tile: Tile, inParts: Bool
  ) throws(BackendError) -> Kernel {
    try kernel(
      .matmulTiled, headers: product.epilogue.headers + [.operands],
      macros: (inParts ? ["EPILOGUE=PART"] : product.epilogue.macros) + product.operandMacros
        + tile.macros)
  }

  /// One kernel, which has everything that follows the product as its epilogue.
  func encodeTiled(_ product: MatrixProduct, _ tile: Tile) throws(BackendError) {
    try add(
      tiledKernel(for: product, tile, inParts: false),
      product.tileArguments + product.biasArguments + [KernelArgument.local(tile.localBytes)],
      tile.work(for: product, parts: 1))
  }

  /// Parts of the depth by groups of their own, then a kernel that adds them up in a fixed order
  /// and has the epilogue.
  func encodeTiled(_ product: MatrixProduct, _ tile: Tile, parts: Int) throws(BackendError) {
    let sums = try ProductParts(product, parts: parts, slice: tile.slice, scratch)
    try add(
      tiledKernel(for: product, tile, inParts: true), sums.arguments + [.local(tile.localBytes)],
      tile.work(for: product, parts: sums.count))
    try addUp(sums)
  }
}

extension MatrixProduct {
  /// True if the kernel sums the columns of `b` too.
  var sumsBias: Bool {
    if case .update = epilogue { true } else { false }
  }

  /// True if lines of `a` and `b` start at whole vectors of 4 numbers.
  private var hasAlignedOperands: Bool {
    [a, b].allSatisfy { $0.stride % 4 == 0 && $0.offset % 4 == 0 }
  }

  /// The bytes of a number of `a` and `b` in `operands.clh`.
  var operandType: KernelArgument.NumberType { hasAlignedOperands ? .fours : .float }

  /// The macros for `a` and `b` in `operands.clh` and the kernels that load through it.
  var operandMacros: [String] {
    var macros: [String] = []
    if a.isTransposed { macros.append("TRANSPOSED_A") }
    if b.isTransposed { macros.append("TRANSPOSED_B") }
    if hasAlignedOperands { macros.append("ALIGNED") }
    if sumsBias { macros.append("SUMS_BIAS") }
    return macros
  }
}
