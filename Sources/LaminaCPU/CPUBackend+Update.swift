public import Lamina

extension CPUBackend {
  /// Each thread changes its part.
  public func enqueueUpdate(
    _ parameters: Vector<CPUBackend>, velocity: Vector<CPUBackend>, rule: SGD
  ) {
    let (changed, change) = (Elements(parameters), Elements(velocity))
    submit(
      CPUTask(
        accesses: [.readsVectors(velocity), .writesVectors(parameters)],
        work: 2 * parameters.count, rows: parameters.vectors
      ) { [blas] part in
        let mine = part.elements(of: changed)
        blas.add(
          -rule.rate(part.arguments), change.start + mine.lowerBound,
          to: changed.start + mine.lowerBound, count: mine.count)
      })
  }
}

extension SGD {
  /// The learning rate of a step.
  func rate(_ arguments: StepArguments) -> Float { learningRate * arguments.learningRateFactor }
}
