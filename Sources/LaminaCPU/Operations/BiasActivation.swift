import Lamina

extension Operation.BiasActivation where B == CPUBackend {
  /// Each thread changes its rows.
  func tasks() -> TaskGroup {
    let (inputs, outputs) = (Rows(input), Rows(output))
    let (activation, addend) = (activation, bias?.floats)
    return TaskGroup(self, "Activation") { part in
      let rows = part.rows(of: outputs.rows)
      activation.apply(to: inputs, bias: addend, rows: rows, into: outputs)
    }
  }
}
