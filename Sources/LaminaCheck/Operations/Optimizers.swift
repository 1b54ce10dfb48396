import Lamina

/// A rule's steps with two rates, on gradients with zeros among them.
struct OptimizerSteps: Operation {
  let optimizer: Optimizer
  let count: Int

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    func vector(_ seed: UInt64, zeros: Bool = false) throws -> Guarded<B> {
      var values = DesignedData.uniform(count, bound: 2, seed: seed)
      if zeros { for index in stride(from: 0, to: count, by: 3) { values[index] = 0 } }
      return try Guarded(backend, rows: 1, columns: count, values: values)
    }
    let (parameters, gradients) = (try vector(81), try vector(82, zeros: true))
    let states = try (0..<2).map { _ in
      try Guarded(
        backend, rows: 1, columns: count, values: [Float](repeating: 0, count: count))
    }
    let prepared = try backend.prepare { () throws(BackendError) in
      try enqueue(parameters.vector, gradients.vector, states.map(\.vector), on: backend)
    }
    for step in 1...4 {
      try backend.run(
        prepared, with: StepArguments(step: step, learningRateFactor: step == 2 ? 0.25 : 1))
    }
    return try ([parameters, gradients] + states).map { try $0.values() }
  }

  private func enqueue<B: Backend>(
    _ p: Vector<B>, _ g: Vector<B>, _ s: [Vector<B>], on backend: B
  ) throws(BackendError) {
    switch optimizer {
    case .sgd(let rule): try backend.momentum(p, gradients: g, velocity: s[0], rule: rule)
    case .adagrad(let rule): try backend.adagrad(p, gradients: g, squares: s[0], rule: rule)
    case .rmsProp(let rule):
      try backend.rmsProp(
        p, gradients: g, squares: s[0], velocity: rule.momentum > 0 ? s[1] : nil, rule: rule)
    case .adam(let rule), .adamW(let rule):
      try backend.adam(p, gradients: g, means: s[0], squares: s[1], rule: rule)
    }
  }
}

/// Three updates, each with a rate of its own.
struct UpdateParameters: Operation {
  let count: Int

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let parameters = try Guarded(
      backend, rows: 1, columns: count, values: DesignedData.integers(count, seed: 15))
    let velocity = try Guarded(
      backend, rows: 1, columns: count, values: DesignedData.integers(count, seed: 16))
    let prepared = try backend.prepare { () throws(BackendError) in
      try backend.update(
        parameters.vector, velocity: velocity.vector, rule: SGD(learningRate: 0.5))
    }
    for factor: Float in [1, 0.25, 2] {
      try backend.run(prepared, with: StepArguments(learningRateFactor: factor))
    }
    return [try parameters.values(), try velocity.values()]
  }
}
