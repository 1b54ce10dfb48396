import Foundation
import Lamina
import LaminaCheck
import LaminaReference
import Support
import Testing

/// The exercise sheet's examples: one update of small networks, every number of which is known.
@Suite(.serialized) struct WorkedExamplesTests {
  struct Sheet: Decodable { let examples: [Example] }
  struct Example: Decodable, Sendable, CustomTestStringConvertible {
    struct Expected: Decodable, Sendable {
      let net_inputs: [[[Float]]]
      let activations: [[[Float]]]
      let loss: Double
      let deltas: [[[Float]]]
      let weight_gradients: [[[Float]]]
      let bias_gradients: [[Float]]
      let updated_weights: [[[Float]]]
      let updated_biases: [[Float]]
    }
    let name: String
    let layer_sizes: [Int]
    let hidden_activation: String
    let output: String
    let loss: String
    let initial_weight: Float
    let initial_bias: Float
    let inputs: [[Float]]
    let targets: [[Float]]
    let learning_rate: Float
    let expected: Expected
    let query: [Float]?
    let query_output: [Float]?
    let query_class: Int?
    var testDescription: String { name }

    var description: NetworkDescription {
      let isSoftmax = output == "softmax"
      let hidden = Activation(hidden_activation) ?? .identity
      let last = isSoftmax ? .identity : Activation(output) ?? .identity
      let count = layer_sizes.count - 1
      return NetworkDescription(
        inputs: layer_sizes[0],
        layers: layer_sizes.dropFirst().enumerated().map {
          .dense(outputs: $1, activation: $0 == count - 1 ? last : hidden)
        },
        loss: isSoftmax ? .softmaxCrossEntropy() : .quadratic, reduction: .sum)
    }
  }

  static let examples: [Example] = {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "worked-examples.json")
    guard let data = try? Data(contentsOf: url) else { return [] }
    return (try? JSONDecoder().decode(Sheet.self, from: data))?.examples ?? []
  }()
  static let tolerance = Tolerance(relative: 1e-6, absolute: 1e-6, because: "the issue's bound")

  @Test func allFiveAreThere() { #expect(Self.examples.count == 5) }

  @Test(arguments: TestBackend.all, examples)
  func everyNumberIsReproduced(backend: TestBackend, example: Example) throws {
    try backend.use { try check(example, on: $0) }
  }

  @Test(arguments: examples)
  func theReferenceBackendAgrees(example: Example) throws {
    try check(example, on: ReferenceBackend())
  }

  private func check<B: Backend>(_ example: Example, on backend: B) throws {
    let description = example.description
    try description.validate()
    let network = try Network(
      description,
      values: NetworkParameters(
        for: description,
        initialization: .constant(weight: example.initial_weight, bias: example.initial_bias),
        seed: 0), on: backend)
    let count = example.inputs.count
    let buffers = try BatchBuffers(description, rows: count, on: backend)
    let step = try TrainingStep(
      network,
      batch: BatchIndices(try backend.makeIndices([Int32](0..<Int32(count))), count: count),
      data: DeviceDataset(Self.dataset(example), for: network.description, on: backend),
      buffers: buffers,
      rule: .sgd(learningRate: example.learning_rate))
    try step.run(StepArguments())

    let expected = example.expected
    for (layer, values) in expected.activations.enumerated() {
      // The outputs of softmax are not kept: their logits are.
      let isSoftmax = example.output == "softmax" && layer == expected.activations.count - 1
      try expect(
        backend.values(of: buffers.values[layer + 1]),
        isSoftmax ? expected.net_inputs[layer] : values, "activations of layer \(layer)")
    }
    for (layer, values) in expected.deltas.enumerated() {
      let delta = try #require(buffers.deltas[layer + 1])
      try expect(backend.values(of: delta), values, "deltas of layer \(layer)")
    }
    let loss = try backend.values(of: buffers.meter.losses).reduce(0) { $0 + Double($1) }
    #expect(abs(loss - expected.loss) < 1e-6)
    try checkUpdate(network, expected)
    if let query = example.query { try checkQuery(query, example, network) }
  }

  /// With momentum 0 the velocity is the gradient.
  private func checkUpdate<B: Backend>(
    _ network: Network<B>, _ expected: Example.Expected
  ) throws {
    let values = try network.values()
    for (number, velocity) in network.gradients.dense.enumerated() {
      let gradient = try network.backend.values(of: velocity.weights)
      let transposed = (0..<velocity.weights.columns).map { output in
        (0..<velocity.weights.rows).map { gradient[$0 * velocity.weights.columns + output] }
      }
      try expect(transposed.flatMap { $0 }, expected.weight_gradients[number], "gradient")
      try expect(
        network.backend.values(of: velocity.bias), [expected.bias_gradients[number]], "gradient")
      try expect(values.tensors[2 * number], expected.updated_weights[number], "weights")
      try expect(values.tensors[2 * number + 1], [expected.updated_biases[number]], "bias")
    }
  }

  private func checkQuery<B: Backend>(
    _ query: [Float], _ example: Example, _ network: Network<B>
  ) throws {
    let outputs = try Evaluator(network).outputs(
      for: network.backend.makeExamples(query, columns: query.count))
    try expect(outputs, [example.query_output ?? []], "query")
    #expect(ClassificationReport.prediction(outputs) == example.query_class)
  }

  private func expect(_ actual: [Float], _ expected: [[Float]], _ what: String) throws {
    expectClose(actual, expected.flatMap { $0 }, Self.tolerance, what, mayBeZero: true)
  }

  private static func dataset(_ example: Example) -> Dataset {
    Dataset(
      name: example.name, inputs: .floats(example.inputs.flatMap { $0 }),
      targets: .values(
        example.targets.flatMap { $0.map { Double($0) } },
        names: example.targets[0].indices.map { "\($0)" }),
      features: example.layer_sizes[0])
  }
}
