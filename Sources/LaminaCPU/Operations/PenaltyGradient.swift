import Lamina

extension Operation.PenaltyGradient where B == CPUBackend {
  /// Each thread changes its part.
  func tasks() -> TaskGroup {
    let (elements, w, penalties) = (Elements(gradients), weights.floats, penalties)
    return TaskGroup(self, "PenaltyGradient") { part in
      let g = elements.start
      for index in part.elements(of: elements) {
        let weight = w[index]
        let sign: Float = weight > 0 ? 1 : weight < 0 ? -1 : 0
        g[index] += penalties.l1 * sign + penalties.l2 * weight
      }
    }
  }
}
