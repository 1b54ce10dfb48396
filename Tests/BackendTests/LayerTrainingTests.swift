import Lamina
import LaminaCheck
import LaminaReference
import Support
import Testing

/// Whole training runs through normalisation, dropout and maxout, in blocks too.
@Suite(.serialized) struct LayerTrainingTests {
  static let everyLayer = NetworkDescription(
    inputs: 49,
    layers: [
      .batchNormalization(), .maxout(outputs: 24, pieces: 3), .layerNormalization(),
      .dropout(rate: 0.25), .dense(outputs: 24, activation: .tanh),
      .residual([
        .batchNormalization(momentum: 0.3, epsilon: 1e-3), .activation(.relu),
        .dropout(rate: 0.1), .dense(outputs: 24, activation: .identity),
      ]),
      .residual([.dense(outputs: 24, activation: .tanh), .dropout(rate: 0.5)]),
      .dropout(rate: 0), .activation(.tanh), .dense(outputs: 10, activation: .identity),
    ], loss: .softmaxCrossEntropy(), inputScaling: .signedUnit)

  /// Gradients that add up to velocities, and gradients of their own.
  static let rules: [UpdateRule] = [
    .sgd(learningRate: 0.1, momentum: 0.9),
    UpdateRule(
      .sgd(SGD(learningRate: 0.05, momentum: 0.5, nesterov: true)), penalties: Penalties(l2: 0.01),
      clipping: GradientClipping(norm: 2)),
  ]

  private static let expected = rules.map { rule in
    // Computed once for all backends: scalar code takes its time.
    Result { try run(rule, on: ReferenceBackend()) }
  }

  /// An epoch in batches of 37: the last one has a single example.
  private static func run<B: Backend>(_ rule: UpdateRule, on backend: B) throws -> TrainingTests.Run
  {
    try TrainingTests.train(everyLayer, on: backend, epochs: 1, batchSize: 37, rule: rule)
  }

  @Test(arguments: TestBackend.all, rules.indices)
  func trainsAsOnTheReference(backend: TestBackend, rule: Int) throws {
    let expected = try Self.expected[rule].get()
    let actual = try backend.use { try Self.run(Self.rules[rule], on: $0) }
    let tolerance = Tolerance(
      relative: 1e-3, absolute: 1e-4, because: "28 steps of rounding in Float, a batch of one last")
    #expect(abs(actual.losses[0] - expected.losses[0]) < 1e-4 * expected.losses[0])
    expectClose(actual.parameters, expected.parameters, tolerance, "parameters after an epoch")
    expectClose(actual.outputs, expected.outputs, tolerance, "outputs at evaluation")
    #expect(actual.parameters.allSatisfy { $0.isFinite })
    let again = try backend.use { try Self.run(Self.rules[rule], on: $0) }
    #expect(actual == again)
  }

  /// Without batch normalisation, which sees the rows of a part alone, parts of a batch give the
  /// gradients of the whole: dropout drops the same.
  @Test(arguments: TestBackend.all)
  func partsOfABatchTrainAsTheWhole(backend: TestBackend) throws {
    let description = NetworkDescription(
      inputs: 49,
      layers: [
        .layerNormalization(), .maxout(outputs: 24, pieces: 3), .dropout(rate: 0.25),
        .residual([.layerNormalization(), .dense(outputs: 24, activation: .tanh)]),
        .dense(outputs: 10, activation: .identity),
      ], loss: .softmaxCrossEntropy(), inputScaling: .signedUnit)
    func run<B: Backend>(_ accumulation: Int, on backend: B) throws -> TrainingTests.Run {
      try TrainingTests.train(
        description, on: backend, epochs: 1, batchSize: 100, accumulation: accumulation)
    }
    let whole = try backend.use { try run(1, on: $0) }
    let parts = try backend.use { try run(4, on: $0) }
    expectClose(
      parts.parameters, whole.parameters,
      Tolerance(relative: 1e-4, absolute: 1e-5, because: "sums of the batch in another order"),
      "parameters after an epoch in parts")
  }
}
