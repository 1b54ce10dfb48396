public import Lamina

extension CPUBackend {
  /// Each thread changes its part.
  public func enqueueAdam(
    _ parameters: Vector<CPUBackend>, gradients: Vector<CPUBackend>,
    means: Vector<CPUBackend>, squares: Vector<CPUBackend>, rule: Adam
  ) {
    let (p, g) = (Elements(parameters).start, Elements(gradients).start)
    let (m, s) = (Elements(means).start, Elements(squares).start)
    let (add1, keep2, add2) = (Float(1 - rule.beta1), Float(rule.beta2), Float(1 - rule.beta2))
    submitFlat(
      parameters, work: 14,
      accesses: [.readsVectors(gradients), .writesVectors(means), .writesVectors(squares)]
    ) { range, arguments in
      let (stepSize, rootScale) = (rule.stepSize(arguments), rule.rootScale(arguments))
      for index in range {
        let gradient = g[index]
        m[index] += add1 * (gradient - m[index])
        s[index] = keep2 * s[index] + add2 * gradient * gradient
        p[index] -= stepSize * m[index] / (s[index].squareRoot() * rootScale + rule.epsilon)
      }
    }
  }
}
