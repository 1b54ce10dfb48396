public import Lamina

extension CPUBackend {
  /// Each thread changes its part.
  public func enqueueMomentum(
    _ parameters: Vector<CPUBackend>, gradients: Vector<CPUBackend>,
    velocity: Vector<CPUBackend>, rule: SGD
  ) {
    let (p, g, v) = (Elements(parameters).start, Elements(gradients).start, Elements(velocity).start)
    // Without Nesterov's look ahead, a step is the velocity itself.
    let (ofGradient, ofVelocity) = rule.nesterov ? (Float(1), rule.momentum) : (0, 1)
    submitFlat(
      parameters, work: 6, accesses: [.readsVectors(gradients), .writesVectors(velocity)]
    ) { range, arguments in
      let rate = rule.rate(arguments)
      for index in range {
        let gradient = g[index]
        v[index] = rule.momentum * v[index] + gradient
        p[index] -= rate * (ofGradient * gradient + ofVelocity * v[index])
      }
    }
  }
}
