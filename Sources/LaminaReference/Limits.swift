import Lamina

extension Operation<ReferenceBackend>.Clip {
  func compute() {
    for index in 0..<vector.count where abs(vector[index]) > Double(limit) {
      vector[index] = vector[index] > 0 ? Double(limit) : -Double(limit)
    }
  }
}

extension Operation<ReferenceBackend>.PartialSums {
  /// The first sum is that of all; nobody may rely on another order.
  func compute() {
    for index in 0..<sums.count { sums[index] = 0 }
    sums[0] = (0..<vector.count).reduce(0) {
      $0 + (measure == .squares ? vector[$1] * vector[$1] : abs(vector[$1]))
    }
  }
}

extension Operation<ReferenceBackend>.ClipNorm {
  func compute() {
    let norm = (0..<squares.count).reduce(0) { $0 + squares[$1] }.squareRoot()
    let scale = norm.isFinite ? min(1, Double(limit) / (norm + 1e-6)) : .nan
    for index in 0..<vector.count where vector[index] != 0 { vector[index] *= scale }
  }
}

extension Operation<ReferenceBackend>.ColumnNormLimit {
  func compute() {
    for column in 0..<matrix.columns {
      let squares = (0..<matrix.rows).reduce(0) { $0 + matrix[$1, column] * matrix[$1, column] }
      let norm = squares.squareRoot()
      let scale = !norm.isFinite ? .nan : norm > Double(limit) ? Double(limit) / norm : 1
      for row in 0..<matrix.rows { matrix[row, column] *= scale }
    }
  }
}
