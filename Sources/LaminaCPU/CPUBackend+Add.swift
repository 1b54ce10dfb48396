public import Lamina

extension CPUBackend {
  /// Each thread adds its rows.
  public func enqueueAdd(
    _ a: Matrix<CPUBackend>, _ b: Matrix<CPUBackend>, into c: Matrix<CPUBackend>
  ) {
    let (left, right, sum) = (Rows(a), Rows(b), Rows(c))
    let hasPadding = left.hasPadding && right.hasPadding && sum.hasPadding
    submit(
      CPUTask(
        accesses: [.readsRows(a), .readsRows(b), .writesRows(c)], work: c.rows * c.columns,
        rows: c.rows
      ) { part in
        for row in part.rows(of: sum.rows) {
          sum[row].assign(left[row], right[row], count: sum.columns, hasPadding: hasPadding) {
            $0 + $1
          }
        }
      })
  }
}
