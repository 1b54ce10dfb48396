import Lamina
import LaminaCPU
import LaminaMeasurement
import Testing

/// The measured step is the step of a training.
@Suite("Measured steps") struct StepTests {
  /// The batch is the whole data set, so that an epoch is one step.
  private func setup(accumulation: Int) -> TrainingSetup {
    let network = NetworkDescription.classifier(
      inputs: 9, hidden: [7], activation: .relu, classes: 3, inputScaling: .unit)
    let data = Dataset(
      name: "ramp", inputs: .bytes((0..<40 * 9).map { UInt8($0 % 256) }),
      targets: .classes((0..<40).map { Int32($0 % 3) }, classNames: ["a", "b", "c"]), features: 9)
    return TrainingSetup(
      network: network,
      initial: NetworkParameters(for: network, initialization: .pyTorch, seed: 1),
      data: DatasetSplit(train: data, test: data),
      options: TrainingOptions(
        batchSize: 40, epochs: 1, rule: .sgd(learningRate: 0.1, momentum: 0.9),
        accumulation: accumulation, seed: 1))
  }

  /// The number of products by name.
  private func products(_ run: (CPUBackend, Profile) throws -> Void) throws -> [String: Int] {
    let (backend, profile) = (try CPUBackend(threads: 1), Profile())
    try run(backend, profile)
    return Dictionary(
      uniqueKeysWithValues: profile.entries.filter { $0.work.operations > 0 }
        .map { ($0.work.name, $0.calls) })
  }

  private func measured(_ setup: TrainingSetup) throws -> [String: Int] {
    try products { backend, profile in
      let workload = try StepBenchmark(TrainingWorkload(setup)).prepare(on: backend)
      backend.profile = profile
      try workload.enqueue()
      try workload.verify()
    }
  }

  private func trained(_ setup: TrainingSetup) throws -> [String: Int] {
    try products { backend, profile in
      let network = try Network(setup.network, values: setup.initial, on: backend)
      let trainer = try Trainer(network, dataset: setup.data.train, options: setup.options)
      backend.profile = profile
      #expect(try trainer.trainEpoch(1).steps == 1)
    }
  }

  @Test("A batch in parts is measured in parts", arguments: [1, 4, 5])
  func accumulation(parts: Int) throws {
    let setup = setup(accumulation: parts)
    let measured = try measured(setup)
    #expect(try measured == trained(setup))
    // Each part has its own products: two forward, one for the hidden delta, two gradients.
    #expect(measured.values.reduce(0, +) == 5 * parts, "\(measured)")
  }
}
