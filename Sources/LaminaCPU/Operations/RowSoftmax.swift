import Glibc
import Lamina

extension Operation.RowSoftmax where B == CPUBackend {
  /// Each thread takes its rows.
  func tasks() -> TaskGroup {
    let (inputs, outputs, isLogarithmic) = (Rows(input), Rows(output), isLogarithmic)
    return TaskGroup(self, "Softmax") { part in
      for row in part.rows(of: outputs.rows) {
        Rows.softmax(of: inputs, row, isLogarithmic: isLogarithmic, into: outputs)
      }
    }
  }
}

extension Operation.RowSoftmaxDelta where B == CPUBackend {
  /// Each thread changes its rows.
  func tasks() -> TaskGroup {
    let (values, deltas, isLogarithmic) = (Rows(outputs), Rows(delta), isLogarithmic)
    return TaskGroup(self, "SoftmaxDelta") { part in
      for row in part.rows(of: deltas.rows) {
        Rows.softmaxDelta(values, row, isLogarithmic: isLogarithmic, on: deltas)
      }
    }
  }
}

extension Rows {
  /// `y_j = e^(z_j - m) / Σ_k e^(z_k - m)` with the largest `m`, so that nothing overflows.
  fileprivate static func softmax(
    of input: Rows, _ row: Int, isLogarithmic: Bool, into output: Rows
  ) {
    let count = input.columns
    let (z, y) = (input[row], output[row])
    let shift = z[LossRows.largest(z, count)]
    let hasPadding = input.hasPadding && output.hasPadding
    var sum: Float = 0
    var column = 0
    while column < count {
      let part = z.vector(at: column, before: count, hasPadding: input.hasPadding)
      sum += VectorMath.exp(part - shift).zeroed(from: min(16, count - column)).sum()
      column += 16
    }
    let logarithm = log(sum)
    y.assign(z, z, count: count, hasPadding: hasPadding) { part, _ in
      isLogarithmic ? (part - shift) - logarithm : VectorMath.exp(part - shift) / sum
    }
  }

  /// `d_j = s_j (d_j - Σ_k s_k d_k)`; of the logarithm `d_j = d_j - e^s_j Σ_k d_k`.
  fileprivate static func softmaxDelta(
    _ outputs: Rows, _ row: Int, isLogarithmic: Bool, on delta: Rows
  ) {
    let count = delta.columns
    let (s, d) = (outputs[row], delta[row])
    var sum: Float = 0
    for column in 0..<count { sum += isLogarithmic ? d[column] : d[column] * s[column] }
    let hasPadding = outputs.hasPadding && delta.hasPadding
    d.combine(with: s, count: count, hasPadding: hasPadding) {
      isLogarithmic ? $0 - VectorMath.exp($1) * sum : $1 * ($0 - sum)
    }
  }
}
