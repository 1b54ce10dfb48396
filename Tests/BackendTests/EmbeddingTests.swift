import Lamina
import LaminaCheck
import LaminaReference
import Support
import Testing

/// Networks whose first layer looks up categories in tables.
@Suite(.serialized) struct EmbeddingTests {
  private static let columns = [
    EmbeddedColumn(categories: 50, width: 6), EmbeddedColumn(categories: 200, width: 17),
  ]

  private static let description = NetworkDescription(
    inputs: 5,
    layers: [
      .embedding(columns), .batchNormalization(), .dense(outputs: 24, activation: .tanh),
      .dense(outputs: 3, activation: .identity),
    ], loss: .softmaxCrossEntropy(),
    inputScaling: .perFeature(scales: [2, 0.5, 1, 1, 1], offsets: [0.5, 0, 1, 0, 0]))

  /// The class of an example depends on the category of its last column alone. Every twentieth has
  /// none.
  private static let dataset: Dataset = {
    var generator = Philox(seed: 8).generator()
    var (inputs, labels): ([Float], [Int32]) = ([], [])
    for row in 0..<2000 {
      let (first, last) = (generator.uniform(below: 50), generator.uniform(below: 200))
      let noise = DesignedData.uniform(3, bound: 1, seed: UInt64(row))
      inputs += noise + [Float(first), row % 20 == 0 ? -1 : Float(last)]
      labels.append(Int32(last * 7 % 11 % 3))
    }
    return Dataset(
      name: "categories", inputs: .floats(inputs),
      targets: .classes(labels, classNames: ["a", "b", "c"]), features: 5)
  }()

  private struct Run: Equatable {
    var losses: [Double] = []
    var accuracy = 0.0
    var tables: [[Float]] = []
    var parameters: [Float] = []
  }

  private static func train<B: Backend>(
    _ rule: UpdateRule, epochs: Int, accumulation: Int = 1, on backend: B
  ) throws -> Run {
    try description.validate()
    let initial = NetworkParameters(for: description, initialization: .pyTorch, seed: 2)
    let network = try Network(description, values: initial, on: backend)
    let options = TrainingOptions(
      batchSize: 64, epochs: epochs, rule: rule, accumulation: accumulation, seed: 3)
    let trainer = try Trainer(network, dataset: dataset, options: options)
    var run = Run()
    for epoch in 1...epochs {
      let trained = try trainer.trainEpoch(epoch)
      run.losses.append(trained.loss)
      run.accuracy = trained.accuracy
    }
    let tensors = try network.values().tensors
    run.tables = Array(tensors.prefix(2))
    run.parameters = tensors.flatMap(\.self)
    return run
  }

  private static let rules: [UpdateRule] = [
    .sgd(learningRate: 0.1, momentum: 0.9), UpdateRule(.adam(Adam(learningRate: 0.01))),
  ]

  private static let expected = rules.map { rule in
    Result { try train(rule, epochs: 1, on: ReferenceBackend()) }
  }

  @Test(arguments: TestBackend.all, rules.indices)
  func trainsAsOnTheReference(backend: TestBackend, rule: Int) throws {
    let expected = try Self.expected[rule].get()
    let actual = try backend.use { try Self.train(Self.rules[rule], epochs: 1, on: $0) }
    #expect(abs(actual.losses[0] - expected.losses[0]) < 1e-4 * expected.losses[0])
    expectClose(
      actual.parameters, expected.parameters,
      Tolerance(
        relative: 1e-3, absolute: 1e-3,
        because: "32 steps of rounding in Float; Adam divides by small gradients"),
      "parameters after an epoch")
    let again = try backend.use { try Self.train(Self.rules[rule], epochs: 1, on: $0) }
    #expect(actual == again)
  }

  /// Gradients of the parts of a batch add up.
  @Test(arguments: TestBackend.all)
  func partsOfABatchTrainAsTheWhole(backend: TestBackend) throws {
    var description = Self.description
    description.layers.remove(at: 1)
    func run<B: Backend>(_ accumulation: Int, on backend: B) throws -> [Float] {
      let network = try Network(
        description,
        values: NetworkParameters(for: description, initialization: .pyTorch, seed: 2), on: backend)
      let options = TrainingOptions(
        batchSize: 100, epochs: 1, rule: Self.rules[0], accumulation: accumulation, seed: 3)
      _ = try Trainer(network, dataset: Self.dataset, options: options).trainEpoch(1)
      return try network.values().tensors.flatMap(\.self)
    }
    let whole = try backend.use { try run(1, on: $0) }
    let parts = try backend.use { try run(4, on: $0) }
    expectClose(
      parts, whole,
      Tolerance(relative: 1e-4, absolute: 1e-4, because: "sums of the batch in another order"),
      "parameters after an epoch in parts")
  }

  /// Numbers of categories have no order that a line could follow, but a table has a row for each.
  @Test(arguments: TestBackend.all)
  func aColumnOf200CategoriesIsLearned(backend: TestBackend) throws {
    let run = try backend.use { try Self.train(Self.rules[1], epochs: 12, on: $0) }
    // One in twenty has no category, and two of three of these must be wrong.
    #expect(run.accuracy > 0.9, "\(run.losses)")
  }

  /// A row that no example of a batch names has no gradient: plain gradient descent leaves it.
  @Test(arguments: TestBackend.all)
  func rowsThatNobodyNamesStay(backend: TestBackend) throws {
    let initial = NetworkParameters(for: Self.description, initialization: .pyTorch, seed: 2)
    let unnamed = Set(0..<200).subtracting(
      (0..<64).map { Int(Self.floats[$0 * 5 + 4]) })
    let changed = try backend.use { try Self.tableAfterAStep(initial, on: $0) }
    for category in 0..<200 {
      let range = category * 17..<(category + 1) * 17
      let stays = changed[range] == initial.tensors[1][range]
      #expect(stays == unnamed.contains(category), "category \(category)")
    }
  }

  private static var floats: [Float] {
    if case .floats(let inputs) = dataset.inputs { inputs } else { [] }
  }

  private static func tableAfterAStep<B: Backend>(
    _ initial: NetworkParameters, on backend: B
  ) throws -> [Float] {
    let network = try Network(description, values: initial, on: backend)
    let indices = try backend.makeIndices([Int32](0..<64))
    let buffers = try BatchBuffers(description, rows: 64, on: backend)
    try TrainingStep(
      network, batch: BatchIndices(indices, count: 64),
      data: DeviceDataset(dataset, for: description, on: backend), buffers: buffers,
      rule: .sgd(learningRate: 0.1)
    ).run(StepArguments(step: 1))
    return try network.values().tensors[1]
  }
}
