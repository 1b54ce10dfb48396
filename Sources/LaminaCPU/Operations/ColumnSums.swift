import Lamina

extension Operation.ColumnSums where B == CPUBackend {
  /// Each thread sums its columns, from the first row to the last.
  func tasks() -> TaskGroup {
    let (source, target, beta) = (Rows(matrix), Elements(sums), beta)
    return TaskGroup(self, "ColumnSums") { part in
      source.sumColumns(part.elements(of: target), beta: beta, into: target)
    }
  }
}

extension Rows {
  /// `sums[j] = Σ_i self[i, j] + beta · sums[j]` for the columns `columns`.
  func sumColumns(_ columns: Range<Int>, beta: Float, into sums: Elements) {
    let target = sums.start + columns.lowerBound
    for index in 0..<columns.count {
      // With beta 0 the old value has no effect, even if it is NaN.
      target[index] = beta == 0 ? 0 : beta * target[index]
    }
    for row in 0..<rows {
      let source = self[row] + columns.lowerBound
      for index in 0..<columns.count { target[index] += source[index] }
    }
  }
}
