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
      ) { part in
        Self.update(
          changed.start, velocity: change.start, part.elements(of: changed),
          rate: rule.rate(part.arguments))
      })
  }

  /// `parameters -= rate · velocity` for the elements `range`.
  static func update(
    _ parameters: UnsafeMutablePointer<Float>, velocity: UnsafeMutablePointer<Float>,
    _ range: Range<Int>, rate: Float
  ) {
    for index in range { parameters[index] -= rate * velocity[index] }
  }
}

extension SGD {
  /// The learning rate of a step.
  func rate(_ arguments: StepArguments) -> Float { learningRate * arguments.learningRateFactor }
}
