import Lamina
import LaminaCPU
import LaminaCheck
import Support
import Testing

/// What the CPU backend fuses, and that it makes no difference to what a list computes.
@Suite struct CPUFusionTests {
  private typealias Step = TrainingStep<CPUBackend>

  private static let layers = NetworkDescription(
    inputs: 200,
    layers: [
      .dense(outputs: 48, activation: .tanh), .layerNormalization(),
      .dense(outputs: 40, activation: .relu), .batchNormalization(), .activation(.logistic),
      .dense(outputs: 10, activation: .identity),
    ], loss: .softmaxCrossEntropy(), inputScaling: .unit)

  private static let optimizers: [Optimizer] =
    [.sgd(SGD(learningRate: 0.1)), .rmsProp(RMSProp(momentum: 0.5))]
    + Optimizer.usual.map(\.value)

  /// Some steps of a training: the parameters, and the rules that took part.
  private func train(
    _ rule: UpdateRule, description: NetworkDescription = layers, without rules: Set<String> = [],
    threads: Int = 2, accumulation: Int = 1
  ) throws -> (values: [Float], rules: [Set<String>]) {
    let backend = try CPUBackend(threads: threads)
    backend.disabledRules = rules
    let network = try Network(
      description,
      values: NetworkParameters(for: description, initialization: .pyTorch, seed: 1), on: backend)
    let (rows, features) = (64, description.inputs)
    let dataset = Dataset(
      name: "test",
      inputs: .bytes(DesignedData.labels(rows * features, classes: 256, seed: 2).map(UInt8.init)),
      targets: .classes(
        DesignedData.labels(rows, classes: 10, seed: 3), classNames: (0..<10).map(String.init)),
      features: features)
    let step = try Step(
      network, batch: BatchIndices(try backend.makeIndices([Int32](0..<64)), count: rows),
      data: DeviceDataset(dataset, for: description, on: backend),
      buffers: BatchBuffers(description, rows: rows, on: backend),
      update: ParameterUpdate(rule, of: network), accumulation: accumulation)
    for number in 1...4 { try step.run(StepArguments(step: number)) }
    return (
      try network.values().tensors.flatMap { $0 },
      step.parts.map { Set($0.prepared.stages.compactMap(\.rule)) }
    )
  }

  /// The rules that do the same arithmetic: a product by rows and what comes behind it, and an
  /// update behind its gradient.
  @Test(
    arguments: ["product with bias and activation", "product with derivative", gradients],
    optimizers)
  func theSameBitsWithoutARule(rule: String, optimizer: Optimizer) throws {
    #expect(CPUBackend.ruleNames.contains(rule))
    let fused = try train(UpdateRule(optimizer))
    let plain = try train(UpdateRule(optimizer), without: [rule])
    #expect(fused.rules[0].contains(rule) && !plain.rules[0].contains(rule))
    #expect(fused.values == plain.values)
  }

  private static let gradients = "gradients with update"

  @Test func sumsAlongTheDepthAreThoseOfRows() throws {
    let rule = "product along its depth"
    let description = NetworkDescription.classifier(
      inputs: 600, hidden: [16], activation: .tanh, classes: 10, inputScaling: .unit)
    let fused = try train(.sgd(learningRate: 0.1), description: description)
    let plain = try train(.sgd(learningRate: 0.1), description: description, without: [rule])
    #expect(fused.rules[0].contains(rule) && !plain.rules[0].contains(rule))
    expectClose(
      fused.values, plain.values,
      Tolerance(relative: 1e-5, absolute: 1e-6, because: "600 terms are summed in another order"),
      "parameters after four steps")
    let alone = try train(.sgd(learningRate: 0.1), description: description, threads: 1)
    #expect(!alone.rules[0].contains(rule), "one thread exchanges nothing")
  }

  @Test func onlyTrainingCutsAProductAlongItsDepth() throws {
    let rule = "product along its depth"
    let backend = try CPUBackend(threads: 2)
    let input = try backend.makeMatrix(rows: 64, columns: 600)
    let layer = DenseParameters(
      weights: try backend.makeMatrix(rows: 600, columns: 16),
      bias: try backend.makeVector(count: 16))
    let output = try backend.makeMatrix(rows: 64, columns: 16)
    let forward: [Operation<CPUBackend>] = .dense(input, layer, .relu, into: output)
    func rules(_ list: [Operation<CPUBackend>]) throws -> [String?] {
      try backend.prepare(list).stages.map(\.rule)
    }
    #expect(try rules(forward) == ["product with bias and activation"])
    let gradients = DenseParameters(
      weights: try backend.makeMatrix(rows: 600, columns: 16),
      bias: try backend.makeVector(count: 16))
    #expect(
      try rules(forward + .denseGradients(input, output, into: gradients)).prefix(2) == [
        rule, rule,
      ])
  }

  /// All rules at once, in a list that decays weights between gradients and update.
  @Test func theSameBitsWithoutAnyRule() throws {
    let rule = UpdateRule(.adam(Adam()), weightDecay: 0.1, maxNorm: 1)
    let fused = try train(rule, threads: 1)
    let plain = try train(rule, without: Set(CPUBackend.ruleNames), threads: 1)
    #expect(fused.rules[0].contains(Self.gradients) && plain.rules == [[]])
    #expect(fused.values == plain.values)
  }

  /// The decay of weights goes through them with the update, not in a phase of its own before it.
  @Test func aDecayGoesWithTheUpdate() throws {
    let backend = try CPUBackend(threads: 2)
    let layer = DenseParameters(
      weights: try backend.makeMatrix(rows: 40, columns: 16),
      bias: try backend.makeVector(count: 16))
    let weights = layer.weights.memory
    let (input, delta) = (
      try backend.makeMatrix(rows: 8, columns: 40), try backend.makeMatrix(rows: 8, columns: 16)
    )
    let gradients = try backend.makeMatrix(rows: 40, columns: 16)
    func list(decaying decayed: Vector<CPUBackend>) throws -> [PreparedStage] {
      try backend.prepare([
        .matmul(input.transposed, delta, into: gradients),
        .decay(decayed, by: 0.1, learningRate: 0.1),
        .update(weights, gradients: gradients.memory, by: .sgd(SGD(learningRate: 0.1))),
      ]).stages
    }
    #expect(try list(decaying: weights).map(\.operations) == [[0, 1, 2]])
    // A decay of other numbers stays where it is, one of half the numbers keeps the update back.
    let other = try backend.makeVector(count: weights.count)
    #expect(try list(decaying: other).map(\.operations) == [[0, 2], [1]])
    let half = Vector<CPUBackend>(buffer: weights.buffer, count: weights.count / 2)
    #expect(try list(decaying: half).map(\.operations) == [[0], [1], [2]])
  }

  /// What changes gradients before the update needs them whole.
  @Test(arguments: [
    UpdateRule(.adam(Adam()), penalties: Penalties(l2: 0.1)),
    UpdateRule(.adam(Adam()), clipping: GradientClipping(value: 0.1)),
    UpdateRule(.adam(Adam()), clipping: GradientClipping(norm: 0.1)),
  ])
  func changedGradientsKeepTheirPlace(rule: UpdateRule) throws {
    let weights = try train(rule)
    let plain = try train(rule, without: [Self.gradients])
    #expect(weights.values == plain.values)
    // A penalty changes those of weights alone; biases may be updated at once.
    let mayFuse = rule.clipping.isEmpty
    #expect(weights.rules[0].contains(Self.gradients) == mayFuse)
  }

  /// The last part of a batch adds its gradients to those of the others, and updates by all.
  @Test func onlyTheLastPartOfABatchUpdates() throws {
    let rule = UpdateRule(.adam(Adam()))
    let fused = try train(rule, accumulation: 3)
    let plain = try train(rule, without: [Self.gradients], accumulation: 3)
    #expect(fused.rules.map { $0.contains(Self.gradients) } == [false, false, true])
    #expect(fused.values == plain.values)
  }

  /// A gradient with the update of a vector that is longer at both ends, and whose numbers behind
  /// the gradient are no padding.
  @Test func anUpdateReachesEveryElement() throws {
    let backend = try CPUBackend(threads: 1)
    func run(without rules: Set<String>) throws -> [Float] {
      backend.disabledRules = rules
      let input = try backend.makeMatrix(
        DesignedData.integers(8 * 3, seed: 1), rows: 8, columns: 3)
      let delta = try backend.makeMatrix(
        DesignedData.integers(8 * 10, seed: 2), rows: 8, columns: 10)
      let parameters = try backend.makeVector(DesignedData.integers(100, seed: 3))
      let gradients = try backend.makeVector(DesignedData.integers(100, seed: 4))
      let state = try backend.makeVector(DesignedData.integers(100, seed: 5))
      // 30 numbers from the 16th on, without padding.
      let weights = Matrix<CPUBackend>(buffer: gradients.buffer, offset: 16, rows: 3, columns: 10)
      let list = try backend.prepare([
        .matmul(input.transposed, delta, beta: 1, into: weights),
        .fill(delta.memory, with: 7),
        .update(
          parameters, gradients: gradients, state: [state],
          by: .sgd(SGD(learningRate: 0.5, momentum: 0.25))),
      ])
      #expect(list.stages.contains { $0.rule != nil } == false, "the fill overwrites an operand")
      let moved = try backend.prepare([
        .matmul(input.transposed, delta, beta: 1, into: weights),
        .update(
          parameters, gradients: gradients, state: [state],
          by: .sgd(SGD(learningRate: 0.5, momentum: 0.25))),
      ])
      #expect(moved.stages.contains { $0.rule != nil } == rules.isEmpty)
      backend.run(moved, with: StepArguments())
      return try backend.values(of: parameters) + backend.values(of: state)
        + backend.values(of: gradients)
    }
    #expect(try run(without: []) == run(without: Set(CPUBackend.ruleNames)))
  }

  /// An activation into other memory, and a bias that the product overwrites.
  @Test func whatDoesNotFitStaysPlain() throws {
    let backend = try CPUBackend(threads: 1)
    let (a, b) = (
      try backend.makeMatrix(rows: 4, columns: 8), try backend.makeMatrix(rows: 8, columns: 16)
    )
    let (c, d) = (
      try backend.makeMatrix(rows: 4, columns: 16), try backend.makeMatrix(rows: 4, columns: 16)
    )
    func rules(_ activation: Operation<CPUBackend>) throws -> [String] {
      try backend.prepare([.matmul(a, b, into: c), activation]).stages.compactMap(\.rule)
    }
    let inPlace = Operation<CPUBackend>.activation(.relu, of: c, into: c)
    #expect(try rules(inPlace) == ["product with bias and activation"])
    #expect(try rules(.activation(.relu, of: c, into: d)).isEmpty)
    let firstRow = Vector<CPUBackend>(buffer: c.buffer, count: 16)
    #expect(try rules(.activation(.relu, of: c, bias: firstRow, into: c)).isEmpty)
  }

  /// Each operation of a list is in one stage, an update that is cut in several.
  @Test func stagesTellWhatBecameOfAList() throws {
    let backend = try CPUBackend(threads: 1)
    let description = NetworkDescription.classifier(
      inputs: 20, hidden: [16], activation: .relu, classes: 10, inputScaling: .identity)
    let network = try Network(
      description,
      values: NetworkParameters(for: description, initialization: .pyTorch, seed: 1), on: backend)
    let dataset = Dataset(
      name: "test", inputs: .floats([Float](repeating: 1, count: 8 * 20)),
      targets: .classes([Int32](repeating: 1, count: 8), classNames: (0..<10).map(String.init)),
      features: 20)
    let step = try Step(
      network, batch: BatchIndices(try backend.makeIndices([Int32](0..<8)), count: 8),
      data: DeviceDataset(dataset, for: description, on: backend),
      buffers: BatchBuffers(description, rows: 8, on: backend), rule: .sgd(learningRate: 0.1))
    let stages = step.parts[0].prepared.stages
    #expect(
      stages.map(\.operations) == [
        [0], [1, 2], [3, 4], [5], [6, 7], [8, 12], [9, 12], [10, 12], [11, 12],
      ])
    #expect(stages.map(\.phase) == [0, 0, 0, 0, 0, 1, 1, 1, 1])
    #expect(stages.allSatisfy { $0.launches == 0 && $0.bytes > 0 && !$0.method.isEmpty })
    #expect(stages[1].floatingPointOperations == 2 * 8 * 20 * 16 + 4 * 8 * 16)
  }
}
