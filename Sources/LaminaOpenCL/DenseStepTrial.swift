import Lamina

/// Two steps of a small network of the same kind as another, with their right results by the formulas
/// of `dense_steps.cl` in double precision.
struct DenseStepTrial {
  private let steps: DenseSteps
  private let expected: [[Double]]
  private let backend: OpenCLBackend

  /// Several whole tiles of rows, and part of another, so that workers take several tasks. The second
  /// step begins a few examples further on.
  private static let rows = 35
  private static let firsts = [0, 2]
  private static let rates: [Float] = [1, 0.5]

  init(
    _ form: DenseStepsTrialForm, on backend: OpenCLBackend
  ) throws(BackendError) {
    let count = Self.rows + Self.firsts[1]
    let examples = TrialExamples(rows: count, form.examples)
    let loss = TrialLoss(examples: count, form.loss)
    var network = TrialNetwork(form)
    let step = try network.step(examples, loss, rows: Self.rows, on: backend)
    let output = OutputTile(
      inputs: step.layers[step.layers.count - 1].update.input.columns,
      columns: step.loss.outputs.columns, on: backend.shape)
    guard let steps = DenseSteps(step, DenseTile(vectors: form.vectors, output: output)) else {
      preconditionFailure("a small network that dense_steps.cl can't take")
    }
    self.steps = steps
    self.backend = backend
    var losses = [[Double]](repeating: [0, 0], count: Self.rows)
    for (first, rate) in zip(Self.firsts, Self.rates) {
      let results = network.train(
        (0..<Self.rows).map { (examples.row(first + $0), first + $0) }, loss, rate: rate)
      for (row, result) in results.enumerated() {
        losses[row][0] += result.loss
        losses[row][1] += result.isHit ? 1 : 0
      }
    }
    expected =
      network.layers.flatMap { [$0.weights, $0.bias, $0.velocity, $0.biasVelocity] }
      + [losses.map { $0[0] }, losses.map { $0[1] }]
  }

  /// The first wrong number that the kernel makes.
  ///
  /// - Parameter workers: How many there are; as many as usual when nil.
  func mismatch(
    workers: Int? = nil
  ) throws(BackendError) -> (expected: Float, actual: Float)? {
    let prepared = try backend.prepare { () throws(BackendError) in
      try backend.enqueue(steps, workers: workers)
    }
    for (first, rate) in zip(Self.firsts, Self.rates) {
      try backend.run(
        prepared, with: StepArguments(firstIndex: first, learningRateFactor: rate))
    }
    var actual: [[Float]] = []
    for layer in steps.step.layers.map(\.update) {
      actual.append(try backend.values(of: layer.parameters.weights))
      actual.append(try backend.values(of: layer.parameters.bias))
      actual.append(try backend.values(of: layer.velocity.weights))
      actual.append(try backend.values(of: layer.velocity.bias))
    }
    actual.append(try backend.values(of: steps.step.loss.meter.losses))
    actual.append(try backend.values(of: steps.step.loss.meter.hits))
    // Numbers are about 1 and sums have 21 terms, one after the other through four layers at most;
    // drivers are allowed 3 units for exp and log.
    return TrialNumbers.mismatch(expected.joined(), actual.joined(), tolerance: 2e-5)
  }
}
