import Lamina
import LaminaCheck
import LaminaReference
import Support
import Testing

/// Whole training runs, the same on every backend.
@Suite(.serialized) struct TrainingTests {
  static let description = NetworkDescription.classifier(
    inputs: 49, hidden: [32, 24], activation: .relu, classes: 10, inputScaling: .signedUnit)

  /// Ten noisy prototypes: something to learn.
  static let dataset: Dataset = {
    var generator = Philox(seed: 51).generator()
    let prototypes = (0..<10).map { _ in (0..<49).map { _ in generator.uniform(below: 256) } }
    let labels = (0..<1000).map { _ in Int32(generator.uniform(below: 10)) }
    let bytes = labels.flatMap { label in
      prototypes[Int(label)].map { UInt8((3 * $0 + 5 * generator.uniform(below: 256)) / 8) }
    }
    return Dataset(
      name: "prototypes", inputs: .bytes(bytes),
      targets: .classes(labels, classNames: (0..<10).map(String.init)), features: 49)
  }()

  struct Run: Equatable {
    var losses: [Double] = []
    var parameters: [Float] = []
    var outputs: [Float] = []
    var accuracy = 0.0
  }

  /// 100 steps with a batch that does not divide the data set, each epoch's loss on its own.
  static func train<B: Backend>(
    _ description: NetworkDescription = description, on backend: B, epochs: Int = 7,
    batchSize: Int = 72, rule: UpdateRule = .sgd(learningRate: 0.1, momentum: 0.9),
    accumulation: Int = 1
  ) throws -> Run {
    let network = try Network(
      description,
      values: NetworkParameters(for: description, initialization: .pyTorch, seed: 3), on: backend)
    let trainer = try Trainer(
      network, dataset: dataset,
      options: TrainingOptions(
        batchSize: batchSize, epochs: epochs, rule: rule, accumulation: accumulation, seed: 3))
    var run = Run()
    for epoch in 1...epochs {
      let result = try trainer.trainEpoch(epoch)
      run.losses.append(result.loss)
      run.accuracy = result.accuracy
    }
    run.parameters = try network.values().tensors.flatMap { $0 }
    run.outputs = try Evaluator(network, rows: 300).outputs(for: dataset)
    return run
  }

  @Test(arguments: TestBackend.all)
  func learns(backend: TestBackend) throws {
    let run = try backend.use { try Self.train(on: $0) }
    #expect(run.losses[0] > 1)
    #expect(run.losses[6] < 0.2)
    #expect(run.accuracy > 0.95)
  }

  /// Blocks within blocks, activations on their own and values that two nodes read.
  static let residual = NetworkDescription(
    inputs: 49,
    layers: [
      .dense(outputs: 24, activation: .identity), .activation(.tanh),
      .residual([
        .dense(outputs: 32, activation: .relu),
        .residual([.activation(.logistic), .dense(outputs: 32, activation: .tanh)]),
        .dense(outputs: 24, activation: .identity),
      ]),
      .activation(.relu), .dense(outputs: 10, activation: .identity),
    ], loss: .softmaxCrossEntropy(), inputScaling: .signedUnit)

  @Test(arguments: TestBackend.all)
  func residualBlocksTrainAsOnTheReference(backend: TestBackend) throws {
    func run<B: Backend>(on backend: B) throws -> Run {
      try Self.train(Self.residual, on: backend, epochs: 1)
    }
    let expected = try run(on: ReferenceBackend())
    let actual = try backend.use { try run(on: $0) }
    #expect(abs(actual.losses[0] - expected.losses[0]) < 1e-5 * expected.losses[0])
    expectClose(
      actual.parameters, expected.parameters,
      Tolerance(relative: 1e-4, absolute: 1e-5, because: "14 steps of rounding in Float"),
      "parameters after an epoch")
  }

  @Test(arguments: TestBackend.all)
  func oneSeedGivesTheSameBits(backend: TestBackend) throws {
    let first = try backend.use { try Self.train(on: $0) }
    let second = try backend.use { try Self.train(on: $0) }
    #expect(first == second)
  }

  @Test(arguments: TestBackend.all)
  func equalsTheScalarReference(backend: TestBackend) throws {
    let expected = try Self.train(on: ReferenceBackend(), epochs: 1)
    let actual = try backend.use { try Self.train(on: $0, epochs: 1) }
    #expect(abs(actual.losses[0] - expected.losses[0]) < 1e-5 * expected.losses[0])
    expectClose(
      actual.parameters, expected.parameters,
      Tolerance(relative: 1e-4, absolute: 1e-5, because: "14 steps of rounding in Float"),
      "parameters after an epoch")
  }

  /// The loss of each of the first 100 steps, read one by one.
  static func stepLosses<B: Backend>(on backend: B) throws -> [Double] {
    let network = try Network(
      description,
      values: NetworkParameters(for: description, initialization: .pyTorch, seed: 3), on: backend)
    let order = EpochOrder(count: dataset.count, seed: 3)
    let indices = try backend.makeIndices((1...7).flatMap { order.indices(epoch: $0) })
    let buffers = try BatchBuffers(description, rows: 64, on: backend)
    let step = try TrainingStep(
      network, batch: BatchIndices(indices, count: 64),
      data: DeviceDataset(dataset, for: network.description, on: backend), buffers: buffers,
      rule: .sgd(learningRate: 0.1, momentum: 0.9))
    return try (0..<100).map { number in
      try backend.perform(.fill(buffers.meter.losses, with: 0))
      try step.run(StepArguments(firstIndex: number * 64))
      return try backend.values(of: buffers.meter.losses).reduce(0) { $0 + Double($1) } / 64
    }
  }

  @Test(arguments: TestBackend.all.filter { $0.description != "cpu" })
  func theFirst100LossesEqualThoseOfTheCPU(backend: TestBackend) throws {
    let expected = try TestBackend.all[0].use { try Self.stepLosses(on: $0) }
    let actual = try backend.use { try Self.stepLosses(on: $0) }
    for (number, (a, e)) in zip(actual, expected).enumerated() {
      #expect(abs(a - e) <= 1e-4 * e, "step \(number): \(a), on the CPU \(e)")
    }
    #expect(expected[99] < expected[0] / 2)
  }

  @Test(arguments: TestBackend.all)
  func aLimitOfStepsEndsTraining(backend: TestBackend) throws {
    try backend.use { try checkStepLimit(on: $0) }
  }

  private func checkStepLimit<B: Backend>(on backend: B) throws {
    let network = try Network(
      Self.description,
      values: NetworkParameters(for: Self.description, initialization: .pyTorch, seed: 3),
      on: backend)
    let trainer = try Trainer(
      network, dataset: Self.dataset,
      options: TrainingOptions(
        batchSize: 64, epochs: 2, optimizer: SGD(learningRate: 0.1), seed: 3, stepLimit: 20))
    #expect(try trainer.trainEpoch(1).steps == 16)
    #expect(try trainer.trainEpoch(2).steps == 4)
    #expect(trainer.stepsTaken == 20)
  }

  @Test(arguments: TestBackend.all)
  func evaluationTakesAnyNumberOfRowsAtATime(backend: TestBackend) throws {
    try backend.use { try checkEvaluation(on: $0) }
  }

  private func checkEvaluation<B: Backend>(on backend: B) throws {
    let network = try Network(
      Self.description,
      values: NetworkParameters(for: Self.description, initialization: .pyTorch, seed: 3),
      on: backend)
    let whole = try Evaluator(network, rows: 1000).outputs(for: Self.dataset)
    for rows in [1, 300, 5000] {
      // Kernels may sum in another order for another number of rows.
      expectClose(
        try Evaluator(network, rows: rows).outputs(for: Self.dataset), whole, .sum(of: 49),
        "\(rows) rows at a time")
    }
  }
}
