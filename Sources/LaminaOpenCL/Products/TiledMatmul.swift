import Lamina

extension Tile {
  fileprivate func work(for product: MatrixProduct, parts: Int) -> WorkSize {
    WorkSize(
      global: (
        product.columns.divided(by: columns) * items, product.rows.divided(by: rows) * parts
      ), local: (items, 1))
  }
}

extension CommandEncoder {
  /// The kernel, with the product's epilogue or without.
  func tiledKernel(
    for product: MatrixProduct, _ tile: Tile, inParts: Bool
  ) throws(BackendError) -> Kernel {
    try kernel(
      .matmulTiled, headers: product.epilogue.headers + [.operands, .slices],
      macros: (inParts
        ? ["EPILOGUE=PART", "ALIGNED_RESULTS"] : product.epilogue.macros + product.resultMacros)
        + product.operandMacros + tile.macros)
  }

  /// One kernel, which has everything that follows the product as its epilogue.
  func encodeTiled(_ product: MatrixProduct, _ tile: Tile) throws(BackendError) {
    try add(
      tiledKernel(for: product, tile, inParts: false),
      product.tileArguments(results: product.resultType) + product.biasArguments
        + [KernelArgument.local(tile.localBytes)],
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
  private var hasAlignedOperands: Bool { a.isAligned && b.isAligned }

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
