import Lamina
import LaminaCheck
import Support
import Testing

/// The evaluation of networks that train at once, side by side on their own parameters, against that of
/// each network alone.
@Suite(.serialized) struct PopulationEvaluationTests {
  /// A task whose targets, layers or scaling need something of their own.
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let network: NetworkDescription
    let targets: @Sendable (_ count: Int, _ seed: UInt64) -> Dataset.Targets
  }

  static let cases = [
    Case(
      testDescription: "classes, normalised",
      network: NetworkDescription(
        inputs: 9,
        layers: [
          .dense(outputs: 12, activation: .tanh), .batchNormalization(), .dropout(rate: 0.3),
          .dense(outputs: 3, activation: .identity),
        ], loss: .softmaxCrossEntropy()),
      targets: { count, seed in
        .classes(
          DesignedData.labels(count, classes: 3, seed: seed), classNames: ["a", "b", "c"])
      }),
    // Values of 6 MB a network: on a processor with few threads, they go group by group.
    Case(
      testDescription: "wide",
      network: .classifier(
        inputs: 9, hidden: [1500], activation: .relu, classes: 3, inputScaling: .unit),
      targets: { count, seed in
        .classes(
          DesignedData.labels(count, classes: 3, seed: seed), classNames: ["a", "b", "c"])
      }),
    Case(
      testDescription: "numbers",
      network: NetworkDescription(
        inputs: 9,
        layers: [
          .dense(outputs: 12, activation: .relu), .dense(outputs: 1, activation: .identity),
        ],
        loss: .squaredError),
      targets: { count, seed in
        .values(
          DesignedData.uniform(count, bound: 1, seed: seed).map { Double($0) }, names: ["y"])
      }),
  ]

  /// More than a batch of evaluation, 1000 rows, so that the last is a smaller one.
  private static let testCount = 1031

  private static func setups(_ test: Case) -> [TrainingSetup] {
    func dataset(_ name: String, _ count: Int, _ seed: UInt64) -> Dataset {
      Dataset(
        name: name,
        inputs: .bytes(DesignedData.labels(count * 9, classes: 256, seed: seed).map(UInt8.init)),
        targets: test.targets(count, seed + 1), features: 9)
    }
    let data = DatasetSplit(
      train: dataset("train", 61, 1), validation: dataset("validation", 40, 3),
      test: dataset("test", testCount, 5))
    var network = test.network
    network.inputScaling = .unit
    return (0..<3).map { place in
      TrainingSetup(
        network: network,
        initial: NetworkParameters(
          for: network, initialization: .pyTorch, seed: UInt64(place)), data: data,
        options: TrainingOptions(
          batchSize: 16, epochs: 2, rule: .sgd(learningRate: 0.05 * Float(1 + place)),
          seed: UInt64(place)))
    }
  }

  private static let tolerance = Tolerance(
    relative: 1e-3, absolute: 1e-4, because: "sums in another order, over a few steps")

  @Test(arguments: cases, TestBackend.all)
  func eachNetworkIsEvaluatedAsIfAlone(test: Case, backend: TestBackend) throws {
    let setups = Self.setups(test)
    try backend.use { backend in
      let session = try PopulationSession(setups, on: backend)
      var reports: [[EpochReport?]] = []
      let outcomes = try session.run(epoch: { reports.append($0) })
      for (place, setup) in setups.enumerated() {
        let alone = try TrainingSession(setup, on: backend)
        var losses: [Double] = []
        let wanted = try alone.run(epoch: { losses.append($0.part.loss) })
        let isCPU = backend.device.platform == "CPU"
        let tolerance = isCPU ? Tolerance.exact : Self.tolerance
        #expect(outcomes[place].test.outputs.count == wanted.test.outputs.count)
        expectClose(
          outcomes[place].test.outputs, wanted.test.outputs, tolerance, "outputs of \(place)")
        expectClose(
          ([outcomes[place].test.loss] + reports.compactMap { $0[place]?.part.loss }).map {
            Float($0)
          }, ([wanted.test.loss] + losses).map { Float($0) }, tolerance, "losses of \(place)")
      }
    }
  }
}
