public import Lamina

extension CPUBackend {
  /// Each thread computes its rows of the product.
  public func enqueueMatmul(
    _ a: Matrix<CPUBackend>, _ b: Matrix<CPUBackend>, alpha: Float, beta: Float,
    into c: Matrix<CPUBackend>
  ) {
    let (left, right, product) = (Rows(a), Rows(b), Rows(c))
    submit(
      CPUTask(
        accesses: [
          a.isTransposed ? .reads(a.storage) : .readsRows(a), .reads(b.storage), .writesRows(c),
        ],
        work: 2 * c.rows * c.columns * a.columns, rows: c.rows,
        product: (c.rows, c.columns, a.columns)
      ) { [products] part in
        products.matmul(
          rows: part.rows(of: product.rows), left, right, alpha: alpha, beta: beta, into: product)
      })
  }
}
