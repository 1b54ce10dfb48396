import Lamina

/// A rule's steps with two rates, by two gradients in turns, so that what it keeps of one meets the
/// other, with zeros among them.
struct OptimizerSteps: CheckedUse {
  let optimizer: Optimizer
  let count: Int
  /// Whether a gradient is no number, which parameters must show.
  var hasNaN = false

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    func vector(_ values: [Float]) throws -> Guarded<B> { try backend.guarded(values) }
    func numbers(_ seed: UInt64, zerosEach distance: Int) -> [Float] {
      var values = DesignedData.uniform(count, bound: 2, seed: seed)
      for index in stride(from: 0, to: count, by: distance) { values[index] = 0 }
      return values
    }
    var first = numbers(82, zerosEach: 3)
    if hasNaN { first[1] = .nan }
    let parameters = try vector(DesignedData.uniform(count, bound: 2, seed: 81))
    let gradients = [try vector(first), try vector(numbers(83, zerosEach: 6))]
    let zeros = [Float](repeating: 0, count: count)
    let states = try optimizer.rule.state.map { _ in try vector(zeros) }
    let lists = try gradients.map {
      try backend.prepare([
        .update(parameters.vector, gradients: $0.vector, state: states.map(\.vector), by: optimizer)
      ])
    }
    for step in 1...4 {
      try backend.run(
        lists[(step - 1) % 2],
        with: StepArguments(step: step, learningRateFactor: step == 2 ? 0.25 : 1))
    }
    return try ([parameters] + gradients + states).map { try $0.values() }
  }
}

/// Three updates, each with its own learning rate.
struct UpdateParameters: CheckedUse {
  let count: Int

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let parameters = try backend.guarded(DesignedData.integers(count, seed: 15))
    let gradients = try backend.guarded(DesignedData.integers(count, seed: 16))
    let prepared = try backend.prepare([
      .update(parameters.vector, gradients: gradients.vector, by: .sgd(SGD(learningRate: 0.5)))
    ])
    for factor: Float in [1, 0.25, 2] {
      try backend.run(prepared, with: StepArguments(learningRateFactor: factor))
    }
    return [try parameters.values(), try gradients.values()]
  }
}
