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
    if self != .identity { elementwise(Derivation(delta: delta, rows: rows, saved: saved)) }
  }
}

/// `delta = delta · f'`.
private struct Derivation: ElementwiseActivationUse {
  let delta: Rows
  let rows: Range<Int>
  let saved: Rows

  @inline(__always)
  func use(_ activation: some ElementwiseActivation) {
    let hasPadding = delta.hasPadding && saved.hasPadding
    for row in rows {
      delta[row].combine(with: saved[row], count: delta.columns, hasPadding: hasPadding) {
        activation.backward($0, $1)
      }
    }
  }
}
