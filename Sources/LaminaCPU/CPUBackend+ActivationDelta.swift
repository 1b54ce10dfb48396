public import Lamina

extension CPUBackend {
  /// Each thread changes its rows.
  public func enqueueActivationDelta(
    _ activation: Activation, output: Matrix<CPUBackend>, on delta: Matrix<CPUBackend>
  ) {
    let (deltas, outputs) = (Rows(delta), Rows(output))
    submit(
      CPUTask(
        accesses: [.readsRows(output), .writesRows(delta)], work: 2 * delta.rows * delta.columns,
        rows: delta.rows
      ) { part in
        activation.applyDerivative(
          to: deltas, rows: part.rows(of: deltas.rows), output: outputs)
      })
  }
}

extension Activation {
  /// `delta = delta · f'`, the derivative following from the output `f`.
  func applyDerivative(to delta: Rows, rows: Range<Int>, output: Rows) {
    switch self {
    case .identity: break
    case .logistic: Self.combine(delta, rows, output) { $0 * $1 * (1 - $1) }
    case .tanh: Self.combine(delta, rows, output) { $0 * (1 - $1 * $1) }
    // A unit that is switched off passes nothing on, not even NaN.
    case .relu:
      Self.combine(delta, rows, output) {
        $0.replacing(with: Floats.zero, where: $1 .<= Floats.zero)
      }
    }
  }

  @inline(__always)
  private static func combine(
    _ delta: Rows, _ rows: Range<Int>, _ output: Rows, _ function: (Floats, Floats) -> Floats
  ) {
    let hasPadding = delta.hasPadding && output.hasPadding
    for row in rows {
      delta[row].combine(
        with: output[row], count: delta.columns, hasPadding: hasPadding, function)
    }
  }
}
