public import Lamina

extension CPUBackend {
  /// Each thread changes its rows.
  public func enqueueActivationDelta(
    _ activation: Activation, saved: Matrix<CPUBackend>, on delta: Matrix<CPUBackend>
  ) {
    let (deltas, values) = (Rows(delta), Rows(saved))
    submit(
      CPUTask(
        accesses: [.readsRows(saved), .writesRows(delta)], work: 2 * delta.rows * delta.columns,
        rows: delta.rows
      ) { part in
        activation.applyDerivative(
          to: deltas, rows: part.rows(of: deltas.rows), saved: values)
      })
  }
}

extension Activation {
  /// `delta = delta · f'`, the derivative following from `saved`: the output `f`, or what it was
  /// applied to.
  func applyDerivative(to delta: Rows, rows: Range<Int>, saved: Rows) {
    switch self {
    case .identity: break
    case .logistic: Self.combine(delta, rows, saved) { $0 * $1 * (1 - $1) }
    case .tanh: Self.combine(delta, rows, saved) { $0 * (1 - $1 * $1) }
    // A unit that is switched off passes nothing on, not even NaN.
    case .relu:
      Self.combine(delta, rows, saved) {
        $0.replacing(with: Floats.zero, where: $1 .<= Floats.zero)
      }
    }
  }

  @inline(__always)
  private static func combine(
    _ delta: Rows, _ rows: Range<Int>, _ saved: Rows, _ function: (Floats, Floats) -> Floats
  ) {
    let hasPadding = delta.hasPadding && saved.hasPadding
    for row in rows {
      delta[row].combine(
        with: saved[row], count: delta.columns, hasPadding: hasPadding, function)
    }
  }
}
