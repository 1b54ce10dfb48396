public import Lamina

extension CPUBackend {
  /// Each thread sums its columns, from the first row to the last.
  public func enqueueColumnSums(
    of matrix: Matrix<CPUBackend>, beta: Float, into sums: Vector<CPUBackend>
  ) {
    let (source, target) = (Rows(matrix), Elements(sums))
    submit(
      CPUTask(
        accesses: [.reads(matrix.storage), .writesVectors(sums)],
        work: matrix.rows * matrix.columns, rows: sums.vectors
      ) { part in
        Self.sumColumns(of: source, part.elements(of: target), beta: beta, into: target)
      })
  }

  /// `sums[j] = Σ_i matrix[i, j] + beta · sums[j]` for the columns `columns`.
  static func sumColumns(of matrix: Rows, _ columns: Range<Int>, beta: Float, into sums: Elements) {
    let target = sums.start + columns.lowerBound
    for index in 0..<columns.count {
      // With beta 0 the old value may be anything, NaN too.
      target[index] = beta == 0 ? 0 : beta * target[index]
    }
    for row in 0..<matrix.rows {
      let source = matrix[row] + columns.lowerBound
      for index in 0..<columns.count { target[index] += source[index] }
    }
  }
}
