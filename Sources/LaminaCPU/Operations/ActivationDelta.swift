import Lamina

extension Operation.ActivationDelta where B == CPUBackend {
  /// Each thread changes its rows.
  func tasks() -> TaskGroup {
    let (deltas, values, activation) = (Rows(delta), Rows(saved), activation)
    return TaskGroup(self, "ActivationDelta") { part in
      activation.applyDerivative(to: deltas, rows: part.rows(of: deltas.rows), saved: values)
    }
  }
}
