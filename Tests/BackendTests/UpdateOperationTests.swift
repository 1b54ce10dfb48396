import Lamina
import Support
import Testing

extension OperationTests {
  /// The operations at the end of a step, each on vectors of all lengths.
  @Suite struct UpdateOperationTests {
    static let counts = [1, 15, 16, 17, 1000, 5003]

    /// A rule's steps with two rates, on gradients with zeros among them.
    struct Steps: Operation {
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

    static let optimizers: [Optimizer] = [
      .sgd(SGD(learningRate: 0.1, momentum: 0.9)),
      .sgd(SGD(learningRate: 0.1, momentum: 0.9, nesterov: true)),
      .adagrad(Adagrad(learningRate: 0.1)), .rmsProp(RMSProp()),
      .rmsProp(RMSProp(alpha: 0.8, epsilon: 0.01, momentum: 0.9)), .adam(Adam()),
      .adam(Adam(learningRate: 0.1, beta1: 0.5, beta2: 0.9, epsilon: 0.1)),
    ]

    @Test(arguments: TestBackend.all, optimizers)
    func optimizersFollowTheirFormulas(backend: TestBackend, optimizer: Optimizer) throws {
      for count in Self.counts {
        try Steps(optimizer: optimizer, count: count).check(
          on: backend,
          Tolerance(relative: 3e-6, absolute: 3e-6, because: "4 steps of a root and a quotient"))
      }
    }

    struct PenaltyGradient: Operation {
      let penalties: Penalties
      let weights: [Float]

      func results<B: Backend>(on backend: B) throws -> [[Float]] {
        let weights = try Guarded(backend, rows: 1, columns: weights.count, values: weights)
        let gradients = try Guarded(
          backend, rows: 1, columns: weights.matrix.columns,
          values: DesignedData.uniform(weights.matrix.columns, bound: 1, seed: 83))
        try backend.addPenaltyGradient(penalties, of: weights.vector, to: gradients.vector)
        return [try weights.values(), try gradients.values()]
      }
    }

    @Test(arguments: TestBackend.all)
    func penaltiesPullTowardsZero(backend: TestBackend) throws {
      let tolerance = Tolerance(relative: 1e-6, absolute: 5e-7, because: "two products, two sums")
      for penalties in [Penalties(l1: 0.5), Penalties(l2: 0.25), Penalties(l1: 0.1, l2: 0.2)] {
        for count in Self.counts {
          try PenaltyGradient(
            penalties: penalties, weights: DesignedData.uniform(count, bound: 2, seed: 84)
          ).check(on: backend, tolerance)
        }
        try PenaltyGradient(
          penalties: penalties, weights: DesignedData.extremes().filter { abs($0) != 1e-30 }
        ).check(on: backend, tolerance)
      }
    }

    struct Clip: Operation {
      let values: [Float]
      let limit: Float

      func results<B: Backend>(on backend: B) throws -> [[Float]] {
        let vector = try Guarded(backend, rows: 1, columns: values.count, values: values)
        try backend.clip(vector.vector, to: limit)
        return [try vector.values()]
      }
    }

    /// Infinities become the limit, NaN stays.
    @Test(arguments: TestBackend.all)
    func valuesAreClipped(backend: TestBackend) throws {
      for limit: Float in [1e-6, 0.5, 3] {
        for count in Self.counts {
          try Clip(values: DesignedData.uniform(count, bound: 4, seed: 85), limit: limit)
            .check(on: backend, .exact)
        }
        try Clip(values: DesignedData.extremes().filter { abs($0) != 1e-30 }, limit: limit)
          .check(on: backend, .exact)
      }
    }

    struct ClipNorm: Operation {
      let values: [Float]
      let sums: Int
      let limit: Float

      func results<B: Backend>(on backend: B) throws -> [[Float]] {
        let vector = try Guarded(backend, rows: 1, columns: values.count, values: values)
        let sums = try Guarded(
          backend, rows: 1, columns: sums, values: [Float](repeating: .nan, count: sums))
        try backend.partialSums(of: vector.vector, .squares, into: sums.vector)
        try backend.clipNorm(of: vector.vector, squares: sums.vector, to: limit)
        return [try vector.values()]
      }
    }

    @Test(arguments: TestBackend.all, [1, 2, 7, 64])
    func normsAreClipped(backend: TestBackend, sums: Int) throws {
      let tolerance = Tolerance(relative: 3e-6, because: "a sum of squares, a root, a quotient")
      for count in Self.counts {
        for limit: Float in [0.125, 1e5] {
          try ClipNorm(
            values: DesignedData.uniform(count, bound: 4, seed: 86), sums: sums, limit: limit
          ).check(on: backend, tolerance)
        }
      }
      // A vector exactly at its limit is scaled by a little less than 1, as PyTorch does.
      try ClipNorm(values: [3, 4, 0], sums: sums, limit: 5).check(on: backend, tolerance)
    }

    @Test(arguments: TestBackend.all)
    func vectorsWithoutAFiniteNormShowIt(backend: TestBackend) throws {
      for bad: Float in [.infinity, -.infinity, .nan] {
        try ClipNorm(values: [1, 0, bad, -2], sums: 2, limit: 1).check(on: backend, .exact)
      }
      let zeros = ClipNorm(values: [Float](repeating: 0, count: 40), sums: 2, limit: 1)
      let results = try backend.use { try zeros.results(on: $0) }
      #expect(results == [zeros.values])
    }

    struct Sum: Operation {
      let count, sums: Int
      let measure: Magnitude

      func results<B: Backend>(on backend: B) throws -> [[Float]] {
        let vector = try Guarded(
          backend, rows: 1, columns: count, values: DesignedData.integers(count, seed: 87))
        let sums = try Guarded(
          backend, rows: 1, columns: sums, values: [Float](repeating: .nan, count: sums))
        try backend.partialSums(of: vector.vector, measure, into: sums.vector)
        return [[try sums.values().reduce(0, +)], try vector.values()]
      }
    }

    @Test(arguments: TestBackend.all, Magnitude.allCases)
    func partialSumsAddUp(backend: TestBackend, measure: Magnitude) throws {
      for count in Self.counts {
        for sums in [1, 2, 63, 512] {
          try Sum(count: count, sums: sums, measure: measure).check(on: backend, .exact)
        }
      }
    }

    struct Decay: Operation {
      let count: Int

      func results<B: Backend>(on backend: B) throws -> [[Float]] {
        let weights = try Guarded(
          backend, rows: 1, columns: count, values: DesignedData.integers(count, seed: 88))
        let prepared = try backend.prepare { () throws(BackendError) in
          try backend.decay(weights.vector, by: 0.5, learningRate: 0.5)
        }
        for factor: Float in [1, 0.5, 0] {
          try backend.run(prepared, with: StepArguments(learningRateFactor: factor))
        }
        return [try weights.values()]
      }
    }

    @Test(arguments: TestBackend.all, counts)
    func weightsDecayByTheRateOfTheStep(backend: TestBackend, count: Int) throws {
      try Decay(count: count).check(on: backend, .exact)
    }

    struct ColumnNormLimit: Operation {
      let rows, columns: Int
      var stride: Int?
      let limit: Float
      var special: Float?

      func results<B: Backend>(on backend: B) throws -> [[Float]] {
        var values = DesignedData.uniform(rows * columns, bound: 1, seed: 89)
        // One column of zeros, one far too long, and one that holds the special number.
        for row in 0..<rows {
          values[row * columns] = 0
          if columns > 2 { values[row * columns + 2] *= 1000 }
        }
        if let special { values[columns - 1] = special }
        let matrix = try Guarded(
          backend, rows: rows, columns: columns, stride: stride, values: values)
        try backend.limitColumnNorms(of: matrix.matrix, to: limit)
        return [try matrix.values()]
      }
    }

    @Test(arguments: TestBackend.all, [(1, 3), (7, 13), (64, 16), (200, 33), (784, 128)])
    func longColumnsAreShortened(backend: TestBackend, shape: (Int, Int)) throws {
      let tolerance = Tolerance(
        relative: 5e-6, because: "a sum of up to 784 squares, a root, a quotient")
      for padding in [0, 1, 16 - shape.1 % 16] {
        for limit: Float in [0.5, 3, 1e6] {
          try ColumnNormLimit(
            rows: shape.0, columns: shape.1, stride: shape.1 + padding, limit: limit
          ).check(on: backend, tolerance)
        }
      }
      for special: Float in [.infinity, .nan] {
        try ColumnNormLimit(
          rows: shape.0, columns: shape.1, stride: shape.1 + 16 - shape.1 % 16, limit: 1,
          special: special
        ).check(on: backend, tolerance)
      }
    }
  }
}
