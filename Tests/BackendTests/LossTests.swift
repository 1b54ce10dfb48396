import Lamina
import Support
import Testing

extension OperationTests {
  @Suite struct LossTests {
    struct Evaluate: Operation {
      let loss: Loss
      var activation = Activation.identity
      let rows, classes: Int
      let outputs: [Float]
      /// One-hot or soft targets, one row an example; nil for labels.
      var targets: [Float]?
      var weights: [Float]?
      var lossScale: Float = 1
      var sharesMemory = false
      var isPadded = true
      var first = 3

      func results<B: Backend>(on backend: B) throws -> [[Float]] {
        let examples = 23
        let stride = isPadded ? MatrixLayout.stride(columns: classes) : classes
        let outputs = try Guarded(
          backend, rows: rows, columns: classes, stride: stride, values: outputs)
        let delta = try Guarded(
          backend, rows: rows, columns: classes, stride: stride,
          values: [Float](repeating: .nan, count: rows * classes))
        let meter = try (0..<2).map { _ in
          try Guarded(
            backend, rows: 1, columns: rows, values: [Float](repeating: 2, count: rows))
        }
        let indices = try backend.makeIndices(
          DesignedData.labels(rows + first, classes: examples, seed: 17))
        let request = LossRequest(
          loss: loss, activation: activation, outputs: outputs.matrix,
          targets: try targets.map { .values(try backend.makeExamples($0, columns: classes)) }
            ?? .labels(
              try backend.makeIndices(
                DesignedData.labels(examples, classes: classes, seed: 18))),
          weights: try weights.map(backend.makeVector),
          batch: BatchIndices(indices, count: rows), lossScale: lossScale, deltaScale: 0.25,
          delta: sharesMemory ? outputs.matrix : delta.matrix,
          meter: Meter(losses: meter[0].vector, hits: meter[1].vector))
        let prepared = try backend.prepare { () throws(BackendError) in
          try backend.loss(request)
        }
        try backend.run(prepared, with: StepArguments(firstIndex: first))
        let deltas = try sharesMemory ? outputs.values() : delta.values()
        return [deltas, try meter[0].values(), try meter[1].values()]
      }
    }

    /// exp, log and the divisions are at most 2 units off each, sums of up to 100 terms more.
    static let tolerance = Tolerance(
      relative: 2e-6, absolute: 1e-6, because: "exp, log and a sum of all classes")

    @Test(arguments: TestBackend.all, [2, 3, 10, 16, 17, 100])
    func softmaxCrossEntropy(backend: TestBackend, classes: Int) throws {
      for rows in [1, 5, 32, 64] {
        for bound: Float in [0.1, 5, 80] {
          for sharesMemory in [false, true] {
            try Evaluate(
              loss: .softmaxCrossEntropy(), rows: rows, classes: classes,
              outputs: DesignedData.uniform(rows * classes, bound: bound, seed: 19),
              sharesMemory: sharesMemory, isPadded: sharesMemory
            ).check(on: backend, Self.tolerance)
          }
        }
      }
    }

    @Test(arguments: TestBackend.all)
    func softmaxCrossEntropyWithSoftTargets(backend: TestBackend) throws {
      for classes in [3, 10, 20] {
        let targets = DesignedData.uniform(23 * classes, bound: 1, seed: 20).map { max(0, $0) }
        try Evaluate(
          loss: .softmaxCrossEntropy(), rows: 32, classes: classes,
          outputs: DesignedData.uniform(32 * classes, bound: 5, seed: 21), targets: targets
        ).check(on: backend, Self.tolerance)
      }
    }

    @Test(arguments: TestBackend.all)
    func extremeLogitsGiveFiniteLosses(backend: TestBackend) throws {
      let rows: [[Float]] = [
        [1e4, -1e4, 0], [-1e4, -1e4, -1e4], [1e4, 1e4, 1e4], [0, 0, 0], [3e38, -3e38, 0],
        [-87, 0, 87], [.nan, 0, 0], [0, .nan, 1], [-.infinity, 0, 0], [0, 1, .infinity],
      ]
      try Evaluate(
        loss: .softmaxCrossEntropy(), rows: rows.count, classes: 3, outputs: rows.flatMap { $0 }
      ).check(on: backend, Self.tolerance)
    }

    /// Weights, smoothing and a scale of the loss, which the others leave at 1.
    @Test(arguments: TestBackend.all, [Loss.softmaxCrossEntropy(smoothing: 0.2), .squaredError])
    func weightsAndScales(backend: TestBackend, loss: Loss) throws {
      for classes in [3, 10, 20] {
        for hasLabels in [true, false] {
          let soft = DesignedData.uniform(23 * classes, bound: 1, seed: 20).map { max(0, $0) }
          try Evaluate(
            loss: loss, rows: 32, classes: classes,
            outputs: DesignedData.uniform(32 * classes, bound: 5, seed: 21),
            targets: hasLabels ? nil : soft,
            weights: DesignedData.uniform(23, bound: 3, seed: 22), lossScale: 0.125
          ).check(on: backend, Self.tolerance)
        }
      }
    }

    /// Targets from 0 to 1; outputs are logits, or logarithms of probabilities as far as that
    /// matters.
    @Test(
      arguments: TestBackend.all,
      Loss.allCases.filter { $0 != .softmaxCrossEntropy() } + [.huber(threshold: 0.25)])
    func lossesOfSingleOutputs(backend: TestBackend, loss: Loss) throws {
      for (rows, classes) in [(1, 1), (5, 3), (64, 10), (32, 17), (7, 40)] {
        for (hasLabels, sharesMemory) in [(true, false), (false, true), (false, false)] {
          let soft = DesignedData.uniform(23 * classes, bound: 1, seed: 23).map { max(0, $0) }
          try Evaluate(
            loss: loss, rows: rows, classes: classes,
            outputs: DesignedData.uniform(rows * classes, bound: 4, seed: 22),
            targets: hasLabels ? nil : soft, sharesMemory: sharesMemory, isPadded: hasLabels
          ).check(on: backend, Self.tolerance)
        }
      }
    }

    /// Targets of exactly 0 and 1 against outputs as large as floats get.
    @Test(arguments: TestBackend.all, Loss.allCases)
    func extremeOutputs(backend: TestBackend, loss: Loss) throws {
      let outputs: [Float] = [1e4, -1e4, 0, -0.0, 1, -1, 88, -88, 1e15, -1e15]
      try Evaluate(
        loss: loss, rows: outputs.count, classes: 2, outputs: outputs.flatMap { [$0, 0] },
        targets: (0..<46).map { Float($0 % 2) }
      ).check(on: backend, Self.tolerance)
    }

    /// With the derivative of the output's activation.
    @Test(
      arguments: TestBackend.all,
      [Activation.identity, .logistic, .tanh, .relu, .scaledLogistic(), .elu()])
    func quadratic(backend: TestBackend, activation: Activation) throws {
      for (rows, classes) in [(1, 1), (5, 3), (64, 10), (32, 17)] {
        for hasLabels in [true, false] {
          try Evaluate(
            loss: .quadratic, activation: activation, rows: rows, classes: classes,
            outputs: DesignedData.uniform(rows * classes, bound: 1, seed: 22),
            targets: hasLabels
              ? nil : DesignedData.uniform(23 * classes, bound: 1, seed: 23),
            isPadded: hasLabels
          ).check(on: backend, Self.tolerance)
        }
      }
    }
  }
}
