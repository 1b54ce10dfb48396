import Foundation
import LaminaCheck
import LaminaReference
import Support
import Testing

@testable import Lamina

/// Layers as descriptions: names, JSON, sizes and what is refused.
@Suite struct LayerTests {
  static let description = NetworkDescription(
    inputs: 6,
    layers: [
      .batchNormalization(), .maxout(outputs: 4, pieces: 3), .dropout(rate: 0.5),
      .residual([.layerNormalization(), .dense(outputs: 4, activation: .tanh)]),
      .dense(outputs: 2, activation: .identity),
    ], loss: .softmaxCrossEntropy())

  @Test func namesSayWhatALayerIs() throws {
    try Self.description.validate()
    #expect(
      Self.description.name
        == "6-batch_normalization-maxout(4×3)-dropout(0.5)-residual(layer_normalization, 4)-2")
    #expect(Self.description.outputs == 2)
  }

  @Test func parametersAreThoseThatTrainingChanges() {
    // Running means and variances come from the batches.
    let normalization = 2 * 6 + 2 * 4
    #expect(
      Self.description.parameterCount
        == normalization + (6 * 12 + 12) + (4 * 4 + 4) + (4 * 2 + 2))
    // The batch's own delta is not computed, but that of the first product's input is.
    #expect(Self.description.trainingOperationsPerExample == 6 * (6 * 12 + 4 * 4 + 4 * 2))
    let parameters = NetworkParameters(for: Self.description, initialization: .pyTorch, seed: 1)
    #expect(parameters.tensors[0] == [1, 1, 1, 1, 1, 1])
    #expect(parameters.tensors[1] == [0, 0, 0, 0, 0, 0])
    #expect(parameters.tensors[2] == [0, 0, 0, 0, 0, 0])
    #expect(parameters.tensors[3] == [1, 1, 1, 1, 1, 1])
  }

  @Test func descriptionsGoThroughJSON() throws {
    let data = try JSONEncoder().encode(Self.description)
    #expect(try JSONDecoder().decode(NetworkDescription.self, from: data) == Self.description)
    let layers = try JSONDecoder().decode(
      [Layer].self,
      from: Data(
        """
        [{"kind": "batch_normalization", "momentum": 0.25, "epsilon": 0.5},
         {"kind": "layer_normalization", "epsilon": 2}, {"kind": "dropout", "rate": 0.75},
         {"kind": "maxout", "outputs": 5, "pieces": 2}]
        """.utf8))
    #expect(
      layers == [
        .batchNormalization(momentum: 0.25, epsilon: 0.5), .layerNormalization(epsilon: 2),
        .dropout(rate: 0.75), .maxout(outputs: 5, pieces: 2),
      ])
  }

  @Test(arguments: [
    (Layer.batchNormalization(momentum: 0), "the momentum of layer 1 is 0.0; it must be above 0"),
    (.batchNormalization(momentum: .nan), "the momentum of layer 1 is nan"),
    (.batchNormalization(momentum: 1.5), "the momentum of layer 1 is 1.5"),
    (
      .batchNormalization(epsilon: 0), "the epsilon of layer 1 is 0.0; it must be a positive number"
    ),
    (.layerNormalization(epsilon: .infinity), "the epsilon of layer 1 is inf"),
    (.layerNormalization(epsilon: -1), "the epsilon of layer 1 is -1.0"),
    (.dropout(rate: 1), "the rate of layer 1 is 1.0; it must be from 0 up to 1, such as 0.5"),
    (.dropout(rate: -0.1), "the rate of layer 1 is -0.1"),
    (.dropout(rate: .nan), "the rate of layer 1 is nan"),
    (.maxout(outputs: 4, pieces: 1), "the pieces of layer 1 is 1; it must be from 2 to 1000"),
    (.maxout(outputs: 0, pieces: 2), "the size of layer 1 is 0; it must be from 1 to 1000000"),
    (.maxout(outputs: 1_000_000, pieces: 2), "the outputs times pieces of layer 1 is 2000000"),
    (
      .residual([.maxout(outputs: 5, pieces: 2)]), "layer 1 is a residual block with 6 inputs and 5"
    ),
    (.residual([.dropout(rate: 2)]), "the rate of layer 1, layer 1 is 2.0"),
  ])
  func layersThatMakeNoSenseAreNamed(layer: Layer, sentence: String) {
    let network = NetworkDescription(
      inputs: 6, layers: [layer, .dense(outputs: 2, activation: .identity)],
      loss: .softmaxCrossEntropy())
    let error = #expect(throws: NetworkError.self) { try network.validate() }
    #expect(error?.description.hasPrefix(sentence) == true, "\(error?.description ?? "")")
  }

  /// Six inputs, the last two of which are categories.
  private static func embedding(
    _ columns: [EmbeddedColumn] = [
      EmbeddedColumn(categories: 5, width: 3), EmbeddedColumn(categories: 200, width: 8),
    ], before layers: [Layer] = []
  ) -> NetworkDescription {
    NetworkDescription(
      inputs: 6,
      layers: layers + [.embedding(columns), .dense(outputs: 2, activation: .identity)],
      loss: .softmaxCrossEntropy())
  }

  @Test func anEmbeddingHasATableForEachColumn() throws {
    let description = Self.embedding()
    try description.validate()
    #expect(description.name == "6-embedding(5×3, 200×8)-2")
    #expect(description.layers[0].outputs(inputs: 6) == 4 + 3 + 8)
    #expect(
      description.parameterTensors.map { "\($0.name) \($0.shape)" } == [
        "layers.0.embeddings.0.weight [5, 3]", "layers.0.embeddings.1.weight [200, 8]",
        "layers.1.weight [2, 15]", "layers.1.bias [2]",
      ])
    #expect(description.parameterCount == 15 + 1600 + 30 + 2)
    let data = try JSONEncoder().encode(description)
    #expect(try JSONDecoder().decode(NetworkDescription.self, from: data) == description)
  }

  /// As `nn.Embedding`: normal numbers, of mean 0 and deviation 1.
  @Test func tablesBeginWithNormalNumbers() {
    let table = NetworkParameters(for: Self.embedding(), initialization: .pyTorch, seed: 3)
      .tensors[1].map(Double.init)
    let mean = table.reduce(0, +) / 1600
    let variance = table.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 1600
    // Four standard errors of 1600 numbers.
    #expect(abs(mean) < 0.1 && abs(variance - 1) < 0.15)
    let constant = NetworkParameters(
      for: Self.embedding(), initialization: .constant(weight: 0.5, bias: 0), seed: 3)
    #expect(constant.tensors[0] == [Float](repeating: 0.5, count: 15))
    // A rule that divides by the number of inputs counts one: ±√3, whatever the table's size.
    let other = NetworkParameters(
      for: Self.embedding(), initialization: Initialization(.leCunUniform), seed: 3)
    #expect(other.tensors[1].allSatisfy { abs($0) <= 1.7321 })
    #expect(other.tensors[1].contains { abs($0) > 1.6 })
  }

  @Test(arguments: [
    (embedding([]), "the number of embedded columns of layer 1 is 0; it must be at least 1"),
    (
      embedding([EmbeddedColumn](repeating: EmbeddedColumn(categories: 2, width: 1), count: 7)),
      "the number of embedded columns of layer 1 is 7; it must be at most 6"
    ),
    (
      embedding([EmbeddedColumn(categories: 0, width: 1)]),
      "the number of categories of embedded column 1 of layer 1 is 0"
    ),
    (
      embedding([EmbeddedColumn(categories: 2, width: 0)]),
      "the width of embedded column 1 of layer 1 is 0; it must be from 1 to 4096"
    ),
    (embedding(before: [.activation(.tanh)]), "layer 2 is an embedding; only the first layer"),
    (
      NetworkDescription(
        inputs: 6,
        layers: [.residual([.embedding([EmbeddedColumn(categories: 2, width: 1)])])],
        loss: .quadratic), "layer 1, layer 1 is an embedding; only the first layer"
    ),
  ])
  func embeddingsThatMakeNoSenseAreRefused(network: NetworkDescription, sentence: String) {
    let error = #expect(throws: NetworkError.self) { try network.validate() }
    #expect(error?.description.hasPrefix(sentence) == true, "\(error?.description ?? "")")
  }

  @Test func categoriesMustNotBeScaled() throws {
    var network = Self.embedding()
    network.inputScaling = .unit
    #expect(throws: NetworkError.self) { try network.validate() }
    network.inputScaling = .perFeature(
      centers: [1, 2, 3, 4, 0, 0], scales: [2, 2, 2, 2, 1, 1], offsets: [3, 3, 3, 3, 0, 0])
    try network.validate()
    network.inputScaling = .perFeature(
      centers: [1, 2, 3, 4, 0, 7], scales: [2, 2, 2, 2, 1, 1], offsets: [3, 3, 3, 3, 0, 0])
    let error = #expect(throws: NetworkError.self) { try network.validate() }
    #expect(
      error?.description
        == "input 6 is embedded, but scaled with center 7.0, scale 1.0 and offset 0.0; numbers of "
        + "categories must stay as they are, with 0, 1 and 0")
  }

  @Test func aNetworkNeedsADenseLayer() {
    let network = NetworkDescription(
      inputs: 6, layers: [.batchNormalization(), .dropout(rate: 0.5)], loss: .quadratic)
    let error = #expect(throws: NetworkError.self) { try network.validate() }
    #expect(
      error?.description == "the network 6-batch_normalization-dropout(0.5) has no dense layer; "
        + "it needs one to learn anything")
  }

  /// At evaluation dropout is not there: no operation, and no memory.
  @Test func dropoutDoesNothingAtEvaluation() throws {
    func calls(_ layers: [Layer]) throws -> [String] {
      let description = NetworkDescription(inputs: 2, layers: layers, loss: .quadratic)
      let backend = ReferenceBackend()
      let network = try Network(
        description,
        values: NetworkParameters(for: description, initialization: .pyTorch, seed: 1), on: backend)
      let before = backend.calls.count
      _ = try Evaluator(network, rows: 3).outputs(
        for: backend.makeExamples([1, 2, 3, 4, 5, 6], columns: 2))
      return [String](backend.calls[before...])
    }
    let dense = Layer.dense(outputs: 2, activation: .tanh)
    #expect(
      try calls([.dropout(rate: 0.5), dense, .dropout(rate: 0.5), dense, .dropout(rate: 0.9)])
        == calls([dense, dense]))
  }

  /// Running statistics move by the formula, the variance without bias; one row has no variance.
  @Test(arguments: [4, 1])
  func runningStatisticsMove(rows: Int) throws {
    let description = NetworkDescription(
      inputs: 1,
      layers: [.batchNormalization(momentum: 0.25), .dense(outputs: 1, activation: .identity)],
      loss: .quadratic)
    let backend = ReferenceBackend()
    let network = try Network(
      description,
      values: NetworkParameters(for: description, initialization: .pyTorch, seed: 1), on: backend)
    let dataset = Dataset(
      name: "test", inputs: .floats([2, 4, 6, 8]), targets: .values([0, 0, 0, 0], names: ["y"]),
      features: 1)
    try TrainingStep(
      network, batch: BatchIndices(backend.makeIndices([0, 1, 2, 3]), count: rows),
      data: DeviceDataset(dataset, for: network.description, on: backend),
      buffers: BatchBuffers(description, rows: 4, on: backend), rule: .sgd(learningRate: 0.1)
    ).run(StepArguments())
    let tensors = try network.values().tensors
    #expect(tensors[2] == [rows == 4 ? 0.25 * 5 : 0.25 * 2])
    expectClose(
      tensors[3], [rows == 4 ? 0.75 + 0.25 * 20 / 3 : 1],
      Tolerance(relative: 2e-7, because: "the literal is rounded too"), "running variance")
  }
}
