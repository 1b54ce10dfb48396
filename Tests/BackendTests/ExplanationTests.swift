import Lamina
import Support
import Testing

/// What backends say of a prepared step: nothing is missing, and figures are those of the list.
@Suite(.serialized) struct ExplanationTests {
  private static let networks: [[Layer]] = [
    [.dense(outputs: 16, activation: .relu), .dense(outputs: 3, activation: .identity)],
    [
      .dense(outputs: 9, activation: .gelu), .batchNormalization(), .dropout(rate: 0.5),
      .residual([.dense(outputs: 9, activation: .tanh), .layerNormalization()]),
      .maxout(outputs: 5, pieces: 2), .dense(outputs: 3, activation: .identity),
    ],
  ]

  private func explained<B: Backend>(
    _ layers: [Layer], _ rule: UpdateRule, on backend: B
  ) throws -> ListExplanation {
    let description = NetworkDescription(inputs: 6, layers: layers, loss: .softmaxCrossEntropy())
    let dataset = Dataset(
      name: "test", inputs: .floats([Float](repeating: 0.5, count: 6 * 20)),
      targets: .classes([Int32](repeating: 1, count: 20), classNames: ["a", "b", "c"]), features: 6)
    let network = try Network(
      description,
      values: NetworkParameters(for: description, initialization: .pyTorch, seed: 1), on: backend)
    let options = TrainingOptions(batchSize: 10, epochs: 1, rule: rule, seed: 1)
    return try Trainer(network, dataset: dataset, options: options).explanation
  }

  @Test(arguments: TestBackend.all, networks.indices)
  func everyOperationIsInAStage(_ backend: TestBackend, _ network: Int) throws {
    for (_, optimizer) in Optimizer.usual {
      let explanation: ListExplanation = try backend.use {
        try explained(Self.networks[network], UpdateRule(optimizer), on: $0)
      }
      let places = Set(explanation.stages.flatMap(\.operations))
      #expect(places == Set(explanation.lines.indices), "\(optimizer.name)")
      #expect(explanation.lines.last?.name == "update")
      #expect(explanation.stages.map(\.phase) == explanation.stages.map(\.phase).sorted())
      #expect(explanation.stages.allSatisfy { !$0.method.isEmpty && $0.bytes > 0 })
      let products = explanation.lines.filter { $0.name == "matmul" }
      let operations = products.reduce(0) { $0 + $1.floatingPointOperations }
      #expect(explanation.stages.reduce(0) { $0 + $1.floatingPointOperations } >= operations)
    }
  }

  @Test func operandsHaveTheNamesOfAModel() throws {
    let lines = try TestBackend.all[0].use {
      try explained(Self.networks[0], .sgd(learningRate: 0.1, momentum: 0.9), on: $0)
    }.lines
    #expect(
      lines.map(\.name) == [
        "gather", "matmul", "activation", "matmul", "activation", "softmax_cross_entropy",
        "matmul", "activationDelta", "matmul", "columnSums", "matmul", "columnSums", "update",
      ])
    #expect(lines[1].reads == ["input 10×6", "layers.0.weight 6×16"])
    #expect(lines[1].writes == ["value 1 10×16"])
    // Two operations a multiplication and addition.
    #expect(lines[1].floatingPointOperations == 2 * 10 * 6 * 16)
    #expect(lines[1].bytes == 4 * (10 * 6 + 6 * 16 + 10 * 16))
    // A batch is ten of twenty examples, with four bytes for each place in the order.
    #expect(lines[0].bytes == 10 * (4 + 6 * 4) + 10 * 6 * 4)
    #expect(lines[8].writes == ["velocity of layers.1.weight 16×3"])
    #expect(lines[8].details == "(10×16)ᵀ · 10×3 + 0.9 · c")
  }
}
