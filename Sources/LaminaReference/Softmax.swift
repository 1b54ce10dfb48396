import Lamina
import LaminaMath

extension Operation<ReferenceBackend>.RowSoftmax {
  func compute() {
    for row in 0..<input.rows {
      let z = (0..<input.columns).map { input[row, $0] }
      let largest = z.max() ?? 0
      let sum = z.reduce(0) { $0 + exp($1 - largest) }
      for (column, z) in z.enumerated() {
        output[row, column] = isLogarithmic ? z - largest - log(sum) : exp(z - largest) / sum
      }
    }
  }
}

extension Operation<ReferenceBackend>.RowSoftmaxDelta {
  /// By the whole Jacobian, entry by entry.
  func compute() {
    for row in 0..<delta.rows {
      let s = (0..<delta.columns).map { outputs[row, $0] }
      let d = (0..<delta.columns).map { delta[row, $0] }
      for j in s.indices {
        delta[row, j] = s.indices.reduce(0) { sum, k in
          let same = j == k ? 1.0 : 0
          let entry = isLogarithmic ? same - exp(s[j]) : s[k] * (same - s[j])
          return sum + d[k] * entry
        }
      }
    }
  }
}
