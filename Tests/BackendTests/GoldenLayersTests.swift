import Foundation
import Lamina
import LaminaCheck
import LaminaReference
import Support
import Testing

/// Ten steps of PyTorch through networks with layers beyond dense; `Tests/Golden/layers.py` makes
/// the file.
struct GoldenLayers: Decodable, Sendable {
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let network: NetworkDescription
    let initial: [String: [Float]]
    let losses: [Double]
    let final: [String: [Float]]
    let outputs: [Float]
    /// The examples of this case, where these are not those of all.
    let inputs: [Float]?
    var testDescription: String { name }
  }

  let learningRate, momentum: Float
  let batchSize: Int
  let inputs: [Float]
  let labels: [Int32]
  let cases: [Case]

  static let shared = Result {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Golden/layers.json").standardizedFileURL
    return try JSONDecoder().decode(GoldenLayers.self, from: Data(contentsOf: url))
  }
  static var cases: [Case] { (try? shared.get())?.cases ?? [] }
}

@Suite(.serialized) struct GoldenLayersTests {
  @Test func allCasesAreThere() throws {
    #expect(try GoldenLayers.shared.get().cases.count == 5)
  }

  @Test(arguments: TestBackend.all, GoldenLayers.cases)
  func tenStepsAreThoseOfPyTorch(backend: TestBackend, golden: GoldenLayers.Case) throws {
    // The bounds; a number near zero is as far off as those that it is the sum of.
    let relative = backend.description.hasPrefix("cpu") ? 1e-5 : 1e-4
    try backend.use {
      try check(
        golden, on: $0,
        Tolerance(relative: relative, absolute: relative, because: "the issue's bound"))
    }
  }

  @Test(arguments: GoldenLayers.cases)
  func theReferenceBackendAgrees(golden: GoldenLayers.Case) throws {
    try check(
      golden, on: ReferenceBackend(),
      Tolerance(relative: 1e-5, absolute: 1e-5, because: "values are stored as Float"))
  }

  private func check<B: Backend>(
    _ golden: GoldenLayers.Case, on backend: B, _ tolerance: Tolerance
  ) throws {
    let all = try GoldenLayers.shared.get()
    let description = golden.network
    try description.validate()
    let tensors = description.parameterTensors
    #expect(Set(tensors.map(\.name)) == Set(golden.initial.keys))
    let initial = try NetworkParameters(
      tensors: tensors.map { try #require(golden.initial[$0.name]) })
    try initial.validate(for: description)
    let network = try Network(description, values: initial, on: backend)
    let inputs = golden.inputs ?? all.inputs
    let losses = try train(network, inputs, all)
    for (step, (loss, expected)) in zip(losses, golden.losses).enumerated() {
      #expect(abs(loss - expected) <= tolerance.bound(expected), "step \(step)")
    }
    for (tensor, values) in zip(tensors, try network.values().tensors) {
      expectClose(
        values, try #require(golden.final[tensor.name]), tolerance, "\(tensor.name)")
    }
    let outputs = try Evaluator(network).outputs(
      for: backend.makeExamples([Float](inputs.prefix(30)), columns: 6))
    expectClose(outputs, golden.outputs, tolerance, "outputs at evaluation")
  }

  private func train<B: Backend>(
    _ network: Network<B>, _ inputs: [Float], _ all: GoldenLayers
  ) throws -> [Double] {
    let backend = network.backend
    let dataset = Dataset(
      name: "golden", inputs: .floats(inputs),
      targets: .classes(all.labels, classNames: ["0", "1", "2"]), features: 6)
    let indices = try backend.makeIndices([Int32](0..<Int32(all.labels.count)))
    let buffers = try BatchBuffers(network.description, rows: all.batchSize, on: backend)
    let step = try TrainingStep(
      network, batch: BatchIndices(indices, count: all.batchSize),
      data: DeviceDataset(dataset, for: network.description, on: backend), buffers: buffers,
      rule: .sgd(learningRate: all.learningRate, momentum: all.momentum))
    return try (0..<10).map { number in
      try backend.perform(.fill(buffers.meter.losses, with: 0))
      try step.run(StepArguments(firstIndex: number * all.batchSize, step: number + 1))
      return try backend.values(of: buffers.meter.losses).reduce(0) { $0 + Double($1) }
        / Double(all.batchSize)
    }
  }
}
