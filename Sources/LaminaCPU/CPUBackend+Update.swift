public import Lamina

extension CPUBackend {
  /// Each thread changes its part.
  public func enqueueUpdate(
    _ parameters: Vector<CPUBackend>, velocity: Vector<CPUBackend>, rule: SGD
  ) {
    submit(
      CPUTask(
        accesses: [.readsVectors(velocity), .writesVectors(parameters)],
        work: 2 * parameters.count, rows: parameters.vectors
      ) { part in
        Self.update(
          parameters.storage.floats, velocity: velocity.storage.floats,
          part.elements(of: parameters), rate: rule.rate(part.arguments))
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
