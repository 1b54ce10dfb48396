public import Lamina

extension CPUBackend {
  /// Each thread changes its part.
  public func enqueueMomentum(
    _ parameters: Vector<CPUBackend>, gradients: Vector<CPUBackend>,
    velocity: Vector<CPUBackend>, rule: SGD
  ) {
    let (p, v) = (Elements(parameters).start, Elements(velocity).start)
    let g = Elements(gradients).start
    submitFlat(
      parameters, work: 6, accesses: [.readsVectors(gradients), .writesVectors(velocity)]
    ) { range, arguments in
      let rate = rule.rate(arguments)
      for index in range { v[index] = rule.momentum * v[index] + g[index] }
      if rule.nesterov {
        for index in range { p[index] -= rate * (g[index] + rule.momentum * v[index]) }
      } else {
        for index in range { p[index] -= rate * v[index] }
      }
    }
  }
}
