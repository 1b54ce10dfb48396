import Lamina

/// The shape of a group of `matmul_lanes.cl`: this many rows and vectors of 4 columns, and
/// `lanes` work-items for each vector.
struct LaneTile {
  let rows, vectors, lanes: Int

  /// True if the kernel can be compiled so, and needs no more than 10 KiB of local memory.
  func isValid(transposesA: Bool) -> Bool {
    // The transpose of `a` is read by whole vectors of 4 rows.
    (transposesA ? [4] : [1, 2, 4]).contains(rows) && [1, 2, 4, 8].contains(vectors)
      && [8, 16, 32, 64].contains(lanes) && vectors * lanes <= 256
  }

  /// Half of the lanes hand all their sums to the other half.
  func localBytes(sumsBias: Bool) -> Int {
    lanes / 2 * vectors * (rows + (sumsBias ? 1 : 0)) * 4 * MemoryLayout<Float>.stride
  }

  /// The groups that a result of `rows` × `columns` takes.
  func groups(rows: Int, columns: Int) -> (x: Int, y: Int) {
    (columns.divided(by: 4 * vectors), rows.divided(by: self.rows))
  }
}

extension CommandEncoder {
  /// The kernel with the product's epilogue.
  func lanesKernel(
    for product: MatrixProduct, _ tile: LaneTile
  ) throws(BackendError) -> Kernel {
    try kernel(
      .matmulLanes, headers: product.epilogue.headers + [.operands, .lanesTile],
      macros: product.epilogue.macros + product.operandMacros
        + ["ROWS=\(tile.rows)", "VECTORS=\(tile.vectors)"], lanes: tile.lanes)
  }

  /// One kernel, which has everything that follows the product as its epilogue.
  func encodeLanes(_ product: MatrixProduct, _ tile: LaneTile) throws(BackendError) {
    let groups = tile.groups(rows: product.rows, columns: product.columns)
    try add(
      lanesKernel(for: product, tile),
      product.tileArguments() + product.biasArguments
        + [.local(tile.localBytes(sumsBias: product.sumsBias))],
      WorkSize(
        global: (groups.x * tile.vectors, groups.y * tile.lanes),
        local: (tile.vectors, tile.lanes)))
  }
}
