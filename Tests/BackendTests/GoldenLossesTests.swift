import Lamina
import LaminaCheck
import Support
import Testing

#if OpenCL
  @testable import LaminaOpenCL
#endif

/// Ten steps of PyTorch with each activation and each loss: `Tests/Golden/losses.json`, and
/// `number_losses.json` for losses of numbers only.
struct GoldenLosses: Decodable, Sendable {
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let hidden, output, loss, reduction, target, optimizer: String
    let weighted: Bool
    let losses: [Double]
    /// The initial parameters, where cases differ in them.
    let initial: [[Float]]?
    let parameters: [[Float]]

    var testDescription: String {
      "\(hidden), \(output), \(loss), \(reduction), \(target), \(optimizer)"
        + (weighted ? ", weighted" : "")
    }

    func description(_ shape: [Int]) throws -> NetworkDescription {
      let loss = try #require(Loss(loss))
      return NetworkDescription(
        inputs: shape[0],
        layers: [
          .dense(outputs: shape[1], activation: try #require(Activation(hidden))),
          .dense(
            outputs: shape[2] * loss.outputsPerTarget,
            activation: try #require(Activation(output))),
        ], loss: loss, reduction: try #require(Reduction(rawValue: reduction)))
    }

    var rule: UpdateRule {
      optimizer == "adam"
        ? UpdateRule(.adam(Adam(learningRate: 0.01)))
        : UpdateRule(.sgd(SGD(learningRate: 0.02, momentum: 0.9)))
    }
  }

  let shape: [Int]
  let inputs: [Float]
  let classes: [Int32]
  let values: [Float]
  let weights: [Float]
  let initial: [[Float]]
  let cases: [Case]

  static let shared = Result { try GoldenFile.decode(GoldenLosses.self, "losses") }
  static let numbers = Result { try GoldenFile.decode(GoldenLosses.self, "number_losses") }

  func dataset(for golden: Case) -> Dataset {
    let names = (0..<shape[2]).map(String.init)
    var dataset = Dataset(
      name: "golden", inputs: .floats(inputs),
      targets: golden.target == "classes"
        ? .classes(classes, classNames: names) : .values(values.map { Double($0) }, names: names),
      features: shape[0])
    if golden.weighted { dataset.weights = weights }
    return dataset
  }
}

@Suite(.serialized) struct GoldenLossesTests {
  /// All but the perceptron's, which PyTorch does not have.
  @Test func everyActivationAndLossIsThere() throws {
    let cases = try GoldenLosses.shared.get().cases
    let activations = Set(
      cases.flatMap { [$0.hidden, $0.output] }.compactMap { Activation($0)?.name })
    #expect(activations == Set(Activation.allCases.map(\.name)))
    let losses = Set(cases.compactMap { Loss($0.loss)?.name })
    let numbers = Set(try GoldenLosses.numbers.get().cases.compactMap { Loss($0.loss)?.name })
    #expect(
      losses.union(numbers) == Set(Loss.allCases.map(\.name)).subtracting(["perceptron"]))
  }

  @Test(arguments: TestBackend.all, try GoldenLosses.shared.get().cases)
  func tenStepsEqualPyTorchs(backend: TestBackend, golden: GoldenLosses.Case) throws {
    try check(golden, of: GoldenLosses.shared.get(), on: backend)
  }

  @Test(arguments: TestBackend.all, try GoldenLosses.numbers.get().cases)
  func tenStepsOfLossesForNumbersEqualPyTorchs(
    backend: TestBackend, golden: GoldenLosses.Case
  ) throws {
    try check(golden, of: GoldenLosses.numbers.get(), on: backend)
  }

  private func check(
    _ golden: GoldenLosses.Case, of all: GoldenLosses, on backend: TestBackend
  ) throws {
    let relative = backend.description.hasPrefix("cpu") ? 1e-5 : 1e-4
    try backend.use {
      #if OpenCL
        // A program of whole steps for each case would take a quarter of an hour to compile. It calls
        // the same device functions: WholeStepsTests.
        let device = $0 as? OpenCLBackend
        device?.disabledRules = ["whole steps"]
        defer { device?.disabledRules = [] }
      #endif
      try check(
        golden, of: all, on: $0,
        Tolerance(
          relative: relative, absolute: relative / 10,
          because: "the issue's bound; numbers near zero are as far off as those they come from"))
    }
  }

  private func check<B: Backend>(
    _ golden: GoldenLosses.Case, of all: GoldenLosses, on backend: B, _ tolerance: Tolerance
  ) throws {
    let description = try golden.description(all.shape)
    try description.validate()
    let network = try Network(
      description, values: NetworkParameters(tensors: golden.initial ?? all.initial), on: backend)
    let count = all.classes.count
    let buffers = try BatchBuffers(description, rows: count, on: backend)
    let indices = try backend.makeIndices([Int32](0..<Int32(count)))
    let step = try TrainingStep(
      network, batch: BatchIndices(indices, count: count),
      data: DeviceDataset(all.dataset(for: golden), for: description, on: backend),
      buffers: buffers, rule: golden.rule)
    for (number, expected) in golden.losses.enumerated() {
      try backend.perform(.fill(buffers.meter.losses, with: 0))
      try step.run(StepArguments(step: number + 1))
      let sum = try backend.values(of: buffers.meter.losses).reduce(0) { $0 + Double($1) }
      let loss = description.reduction == .sum ? sum : sum / Double(count)
      #expect(abs(loss - expected) <= tolerance.bound(expected), "loss of step \(number + 1)")
    }
    for (number, tensor) in try network.values().tensors.enumerated() {
      expectClose(tensor, golden.parameters[number], tolerance, "tensor \(number)")
    }
  }
}
