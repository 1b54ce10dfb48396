public import Lamina

extension CPUBackend {
  /// Each thread changes its rows.
  public func enqueueActivationDelta(
    _ activation: Activation, output: Matrix<CPUBackend>, on delta: Matrix<CPUBackend>
  ) {
    submit(
      CPUTask(
        accesses: [.readsRows(output), .writesRows(delta)], work: 2 * delta.rows * delta.columns,
        rows: delta.rows
      ) { part in
        activation.applyDerivative(
          to: delta, rows: part.rows(of: delta.rows), output: output)
      })
  }
}

extension Activation {
  /// `delta = delta · f'`, the derivative following from the output `f`.
  func applyDerivative(
    to delta: Matrix<CPUBackend>, rows: Range<Int>, output: Matrix<CPUBackend>
  ) {
    guard self != .identity else { return }
    for row in rows {
      scaleByDerivative(delta.row(row), output: output.row(row), count: delta.columns)
    }
  }

  /// `delta = delta · f'` for `count` numbers.
  @inline(__always)
  func scaleByDerivative(
    _ delta: UnsafeMutablePointer<Float>, output: UnsafeMutablePointer<Float>, count: Int
  ) {
    switch self {
    case .identity: break
    case .logistic: delta.combine(with: output, count: count) { $0 * $1 * (1 - $1) }
    case .tanh: delta.combine(with: output, count: count) { $0 * (1 - $1 * $1) }
    case .relu: delta.combine(with: output, count: count) { $0.replacing(with: 0, where: $1 .<= 0) }
    }
  }
}
