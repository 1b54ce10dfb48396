public import Lamina

extension CPUBackend {
  /// Each thread changes its part.
  public func enqueuePenaltyGradient(
    _ penalties: Penalties, of weights: Vector<CPUBackend>, to gradients: Vector<CPUBackend>
  ) {
    let (w, g) = (Elements(weights).start, Elements(gradients).start)
    submitFlat(gradients, work: 4, accesses: [.readsVectors(weights)]) { range, _ in
      for index in range {
        let weight = w[index]
        let sign: Float = weight > 0 ? 1 : weight < 0 ? -1 : 0
        g[index] += penalties.l1 * sign + penalties.l2 * weight
      }
    }
  }
}
