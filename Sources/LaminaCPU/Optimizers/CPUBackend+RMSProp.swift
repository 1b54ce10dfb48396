public import Lamina

extension CPUBackend {
  /// Each thread changes its part.
  public func enqueueRMSProp(
    _ parameters: Vector<CPUBackend>, gradients: Vector<CPUBackend>,
    squares: Vector<CPUBackend>, velocity: Vector<CPUBackend>?, rule: RMSProp
  ) {
    let (p, g, s) = (Elements(parameters).start, Elements(gradients).start, Elements(squares).start)
    let v = velocity.map { Elements($0).start }
    let (keep, add) = (Float(rule.alpha), Float(1 - rule.alpha))
    submitFlat(
      parameters, work: 12,
      accesses: [.readsVectors(gradients), .writesVectors(squares)]
        + (velocity.map { [.writesVectors($0)] } ?? [])
    ) { range, arguments in
      let rate = rule.learningRate * arguments.learningRateFactor
      for index in range { s[index] = keep * s[index] + add * g[index] * g[index] }
      if let v {
        for index in range {
          let change = g[index] / (s[index].squareRoot() + rule.epsilon)
          v[index] = rule.momentum * v[index] + change
          p[index] -= rate * v[index]
        }
      } else {
        for index in range { p[index] -= rate * g[index] / (s[index].squareRoot() + rule.epsilon) }
      }
    }
  }
}
