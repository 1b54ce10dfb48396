import Lamina

extension Operation<ReferenceBackend>.Matmul {
  func compute() {
    let (left, right) = (a.values(), b.transposed.values())
    for row in 0..<c.rows {
      for column in 0..<c.columns {
        let sum = dot(left, row, right, column, depth)
        let old = beta == 0 ? 0 : Double(beta) * c[row, column]
        c[row, column] = Double(alpha) * sum + old
      }
    }
  }
}

extension Operation<ReferenceBackend>.ColumnSums {
  func compute() {
    for column in 0..<matrix.columns {
      var sum = beta == 0 ? 0 : Double(beta) * sums[column]
      for row in 0..<matrix.rows { sum += matrix[row, column] }
      sums[column] = sum
    }
  }
}

/// Row `i` of `a` times row `j` of `b`: pointers, because tests run without optimisation.
private func dot(_ a: [Double], _ i: Int, _ b: [Double], _ j: Int, _ count: Int) -> Double {
  a.withUnsafeBufferPointer { a in
    b.withUnsafeBufferPointer { b in
      guard var x = a.baseAddress, var y = b.baseAddress else { return 0 }
      x += i * count
      y += j * count
      var sum = 0.0
      var index = 0
      while index < count {
        sum += x[index] * y[index]
        index &+= 1
      }
      return sum
    }
  }
}

extension Matrix<ReferenceBackend> {
  /// All values, row by row.
  fileprivate func values() -> [Double] {
    (0..<rows).flatMap { row in (0..<columns).map { self[row, $0] } }
  }
}
