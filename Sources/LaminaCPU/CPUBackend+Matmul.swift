public import Lamina

extension CPUBackend {
  /// Each thread computes its rows of the product.
  public func enqueueMatmul(
    _ a: Matrix<CPUBackend>, _ b: Matrix<CPUBackend>, alpha: Float, beta: Float,
    into c: Matrix<CPUBackend>
  ) {
    submit(
      CPUTask(
        accesses: [
          a.isTransposed ? .reads(a.storage) : .readsRows(a), .reads(b.storage), .writesRows(c),
        ],
        work: 2 * c.rows * c.columns * a.columns, rows: c.rows
      ) { [blas] part in
        blas.matmul(
          rows: part.rows(of: c.rows), a, b, alpha: alpha, beta: beta, into: c)
      })
  }
}

extension OpenBLAS {
  /// The rows `rows` of `c = alpha · a · b + beta · c`.
  func matmul(
    rows: Range<Int>, _ a: Matrix<CPUBackend>, _ b: Matrix<CPUBackend>, alpha: Float = 1,
    beta: Float = 0, into c: Matrix<CPUBackend>
  ) {
    guard !rows.isEmpty else { return }
    let first = a.isTransposed ? rows.lowerBound : rows.lowerBound * a.stride
    matmul(
      rows: rows.count, columns: c.columns, depth: a.columns, alpha: alpha,
      Operand(start: a.storage.floats + first, stride: a.stride, isTransposed: a.isTransposed),
      Operand(start: b.storage.floats, stride: b.stride, isTransposed: b.isTransposed),
      beta: beta, c.row(rows.lowerBound), stride: c.stride)
  }
}
