import Lamina

/// Steps of an optimiser with two learning rates. Some gradients are zero.
struct OptimizerSteps: CheckedUse {
  let optimizer: Optimizer
  let count: Int

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    func vector(_ seed: UInt64, zeros: Bool = false) throws -> Guarded<B> {
      var values = DesignedData.uniform(count, bound: 2, seed: seed)
      if zeros { for index in stride(from: 0, to: count, by: 3) { values[index] = 0 } }
      return try Guarded(backend, rows: 1, columns: count, values: values)
    }
    let (parameters, gradients) = (try vector(81), try vector(82, zeros: true))
    let states = try optimizer.rule.state.map { _ in
      try Guarded(
        backend, rows: 1, columns: count, values: [Float](repeating: 0, count: count))
    }
    let prepared = try backend.prepare([
      .update(
        parameters.vector, gradients: gradients.vector, state: states.map(\.vector), by: optimizer)
    ])
    for step in 1...4 {
      try backend.run(
        prepared, with: StepArguments(step: step, learningRateFactor: step == 2 ? 0.25 : 1))
    }
    return try ([parameters, gradients] + states).map { try $0.values() }
  }
}

/// Three updates, each with its own learning rate.
struct UpdateParameters: CheckedUse {
  let count: Int

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let parameters = try Guarded(
      backend, rows: 1, columns: count, values: DesignedData.integers(count, seed: 15))
    let gradients = try Guarded(
      backend, rows: 1, columns: count, values: DesignedData.integers(count, seed: 16))
    let prepared = try backend.prepare([
      .update(
        parameters.vector, gradients: gradients.vector, by: .sgd(SGD(learningRate: 0.5)))
    ])
    for factor: Float in [1, 0.25, 2] {
      try backend.run(prepared, with: StepArguments(learningRateFactor: factor))
    }
    return [try parameters.values(), try gradients.values()]
  }
}
