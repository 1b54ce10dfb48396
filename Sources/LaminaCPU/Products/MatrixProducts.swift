import Lamina

/// Matrix products on the calling thread. LIBXSMM generates kernels for the exact shape if it can;
/// otherwise OpenBLAS computes the product, in tiles if those are faster.
struct MatrixProducts: Sendable {
  private let blas: OpenBLAS
  /// Unretained, so that threads do not count references to it.
  private let kernels: Unmanaged<ProductKernels>?
  private let precision: Precision
  private let tiles: ProductTiles

  /// Products by `blas` and `kernels`, which must live at least as long; nil for OpenBLAS alone.
  init(
    _ blas: OpenBLAS, _ kernels: ProductKernels?, _ precision: Precision, _ tiles: ProductTiles
  ) {
    self.blas = blas
    self.precision = precision
    self.tiles = tiles
    self.kernels = kernels.map(Unmanaged.passUnretained)
  }

  /// The rows `rows` of `c = alpha · a · b + beta · c`.
  func matmul(
    rows: Range<Int>, _ a: Rows, _ b: Rows, alpha: Float = 1, beta: Float = 0, into c: Rows
  ) {
    guard !rows.isEmpty else { return }
    if rounds(alpha: alpha, b), let kernels {
      if beta != 0, beta != 1 { c.scale(rows, by: beta) }
      return multiplyRounded(rows, a, b, adds: beta != 0, into: c, kernels)
    }
    let kernels = kernels(alpha: alpha, beta: beta, b)
    guard
      let tile = kernels == nil
        ? blasTile(rows: rows.count, columns: c.columns, depth: a.columns, b) : tiles.kernel
    else {
      return blas.matmul(
        rows, 0..<c.columns, 0..<a.columns, a, b, alpha: alpha, beta: beta, into: c)
    }
    for columns in Parts(of: 0..<c.columns, size: tile.columns) {
      for terms in Parts(of: 0..<a.columns, size: tile.depth) {
        let beta = terms.lowerBound == 0 ? beta : 1
        for rows in Parts(of: rows, size: tile.rows) {
          if let kernels, multiply(rows, columns, terms, a, b, adds: beta != 0, into: c, kernels) {
            continue
          }
          // OpenBLAS reads the old sums only at its end.
          if beta != 0, terms.lowerBound == 0 { c.prefetch(rows, columns) }
          blas.matmul(rows, columns, terms, a, b, alpha: alpha, beta: beta, into: c)
        }
      }
    }
  }

  /// The library that computes such products, but perhaps for some shapes.
  func method(alpha: Float, beta: Float, _ b: Rows) -> String {
    if rounds(alpha: alpha, b) { return "LIBXSMM in bf16" }
    let method = kernels(alpha: alpha, beta: beta, b) == nil ? "OpenBLAS" : "LIBXSMM"
    return precision == .fp32 ? method : "\(method) in fp32"
  }

  /// True if the factors of such products are rounded: not of few terms or columns, since packing these
  /// costs more than it brings.
  @inline(__always)
  private func rounds(alpha: Float, _ b: Rows) -> Bool {
    precision == .bf16 && alpha == 1 && min(b.rows, b.columns) >= 16
  }

  /// The rows `rows` of `c = a · b`, or of `c += a · b`, of factors in bf16. Kernels add up in fp32.
  private func multiplyRounded(
    _ rows: Range<Int>, _ a: Rows, _ b: Rows, adds: Bool, into c: Rows,
    _ kernels: Unmanaged<ProductKernels>
  ) {
    let (tile, pairs) = (tiles.kernel, (a.columns + 1) / 2)
    let (left, right) = (BF16Factor(left: a), BF16Factor(right: b))
    let leftCount = rows.count * pairs
    withUnsafeTemporaryAllocation(
      of: UInt32.self, capacity: leftCount + tile.columns * tile.depth / 2
    ) { memory in
      guard let start = memory.baseAddress else { return }
      let packed = start + leftCount
      left.pack(rows, 0..<a.columns, into: start, BF16Factor.Layout(line: pairs, pair: 1))
      for columns in Parts(of: 0..<c.columns, size: tile.columns) {
        for terms in Parts(of: 0..<a.columns, size: tile.depth) {
          right.pack(
            columns, terms, into: packed, BF16Factor.Layout(line: 1, pair: tile.columns))
          let adds = adds || terms.lowerBound > 0
          for part in Parts(of: rows, size: tile.rows) {
            let shape = ProductKernelShape(
              rows: part.count, columns: columns.count, depth: (terms.count + 1) / 2 * 2,
              leftStride: 2 * pairs, rightStride: tile.columns, stride: c.stride, adds: adds)
            guard let kernel = kernels._withUnsafeGuaranteedRef({ $0.kernel(for: shape) }) else {
              blas.matmul(part, columns, terms, a, b, alpha: 1, beta: adds ? 1 : 0, into: c)
              continue
            }
            kernel.run(
              start + (part.lowerBound - rows.lowerBound) * pairs + terms.lowerBound / 2, packed,
              into: c.at(part.lowerBound, columns.lowerBound))
          }
        }
      }
    }
  }

  /// Kernels set or add, and read `b` in the order of its rows.
  @inline(__always)
  private func kernels(alpha: Float, beta: Float, _ b: Rows) -> Unmanaged<ProductKernels>? {
    alpha == 1 && (beta == 0 || beta == 1) && !b.isTransposed ? kernels : nil
  }

  /// Computes a tile of `c = a · b` or `c += a · b`. Returns false if its shape has no kernel.
  @inline(__always)
  private func multiply(
    _ rows: Range<Int>, _ columns: Range<Int>, _ terms: Range<Int>, _ a: Rows, _ b: Rows,
    adds: Bool, into c: Rows, _ kernels: Unmanaged<ProductKernels>
  ) -> Bool {
    let shape = ProductKernelShape(
      rows: rows.count, columns: columns.count, depth: terms.count, a, b, adds: adds, into: c)
    guard let kernel = kernels._withUnsafeGuaranteedRef({ $0.kernel(for: shape) }) else {
      return false
    }
    kernel.run(
      a.at(rows.lowerBound, terms.lowerBound), b.at(terms.lowerBound, columns.lowerBound),
      into: c.at(rows.lowerBound, columns.lowerBound))
    return true
  }

  /// The tile that OpenBLAS computes at a time; nil for all at once.
  private func blasTile(rows: Int, columns: Int, depth: Int, _ b: Rows) -> ProductTiles.Tile? {
    blas.hasSmallKernels ? tiles.blas(rows: rows, columns: columns, depth: depth, b) : nil
  }
}

/// Consecutive parts of a range, the last perhaps smaller. (A lazy map would allocate memory.)
private struct Parts: Sequence, IteratorProtocol {
  private var rest: Range<Int>
  private let size: Int

  @inline(__always)
  init(of range: Range<Int>, size: Int) {
    rest = range
    self.size = size
  }

  @inline(__always)
  mutating func next() -> Range<Int>? {
    guard !rest.isEmpty else { return nil }
    let part = rest.lowerBound..<Swift.min(rest.lowerBound + size, rest.upperBound)
    rest = part.upperBound..<rest.upperBound
    return part
  }
}
