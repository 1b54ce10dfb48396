public import Lamina

extension CPUBackend {
  /// Each thread changes its part.
  public func enqueueAdagrad(
    _ parameters: Vector<CPUBackend>, gradients: Vector<CPUBackend>,
    squares: Vector<CPUBackend>, rule: Adagrad
  ) {
    let (p, g, s) = (Elements(parameters).start, Elements(gradients).start, Elements(squares).start)
    submitFlat(
      parameters, work: 10, accesses: [.readsVectors(gradients), .writesVectors(squares)]
    ) { range, arguments in
      let rate = rule.learningRate * arguments.learningRateFactor
      for index in range {
        let gradient = g[index]
        s[index] += gradient * gradient
        p[index] -= rate * gradient / (s[index].squareRoot() + rule.epsilon)
      }
    }
  }
}
