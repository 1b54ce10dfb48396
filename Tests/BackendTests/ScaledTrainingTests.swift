import Lamina
import LaminaCheck
import Support
import Testing

/// Scalings in the description of a network against data that were scaled by hand.
struct ScaledTrainingTests {
  private static let columns = 19

  private static func dataset(_ targets: Dataset.Targets?) -> Dataset {
    var generator = Philox(seed: 77).generator()
    let inputs = (0..<40 * columns).map { _ in UInt8(generator.uniform(below: 256)) }
    let values = (0..<80).map { _ in Double(100 + 20 * generator.uniform()) }
    return Dataset(
      name: "test", inputs: .bytes(inputs), targets: targets ?? .values(values, names: ["a", "b"]),
      features: columns)
  }

  private static func train<B: Backend>(
    _ dataset: Dataset, inputScaling: InputScaling, targetScaling: TargetScaling?, on backend: B
  ) throws -> (parameters: [Float], outputs: [Float]) {
    let description = NetworkDescription(
      inputs: dataset.features,
      layers: [
        .dense(outputs: 7, activation: .tanh),
        .dense(outputs: dataset.outputs, activation: .identity),
      ],
      loss: .quadratic, inputScaling: inputScaling, targetScaling: targetScaling)
    try description.validate()
    let network = try Network(
      description,
      values: NetworkParameters(for: description, initialization: .pyTorch, seed: 1), on: backend)
    let trainer = try Trainer(
      network, dataset: dataset,
      options: TrainingOptions(
        batchSize: 16, epochs: 3, optimizer: SGD(learningRate: 0.05), seed: 2))
    for epoch in 1...3 { _ = try trainer.trainEpoch(epoch) }
    return (
      try network.values().tensors.flatMap(\.self), try Evaluator(network).outputs(for: dataset)
    )
  }

  /// Both scale in `Float`; the host once, the device with one rounding less where it fuses.
  private static let tolerance = Tolerance(
    relative: 1e-4, absolute: 1e-5, because: "9 steps of rounding in Float")

  @Test(arguments: TestBackend.all)
  func inputsAndTargetsAreScaled(backend: TestBackend) throws {
    let raw = Self.dataset(nil)
    let inputScaling = InputScaling.standard(fitting: raw)
    let targetScaling = try #require(TargetScaling(fitting: raw))
    guard case .values(let values, let names) = raw.targets else { return }
    let scaled = Dataset(
      name: "scaled",
      inputs: .floats(raw.scaledInputs(by: inputScaling)),
      targets: .values(targetScaling.scaled(values).map { Double($0) }, names: names),
      features: Self.columns)
    try compare(
      raw, inputScaling, targetScaling, with: scaled, on: backend, "scaled inputs and targets")
  }

  @Test(arguments: TestBackend.all)
  func anAutoEncoderSeesItsScaledInputs(backend: TestBackend) throws {
    let raw = Self.dataset(.inputs)
    let scaling = InputScaling.minMax(fitting: raw)
    let inputs = raw.scaledInputs(by: scaling)
    let scaled = Dataset(
      name: "scaled", inputs: .floats(inputs),
      targets: .values(inputs.map { Double($0) }, names: (0..<Self.columns).map(String.init)),
      features: Self.columns)
    try compare(raw, scaling, nil, with: scaled, on: backend, "auto-encoder")
  }

  private func compare(
    _ raw: Dataset, _ inputScaling: InputScaling, _ targetScaling: TargetScaling?,
    with scaled: Dataset, on backend: TestBackend, _ what: String
  ) throws {
    try backend.use { backend in
      let actual = try Self.train(
        raw, inputScaling: inputScaling, targetScaling: targetScaling, on: backend)
      let expected = try Self.train(
        scaled, inputScaling: .identity, targetScaling: nil, on: backend)
      expectClose(actual.parameters, expected.parameters, Self.tolerance, what)
      expectClose(actual.outputs, expected.outputs, Self.tolerance, what)
    }
  }
}
