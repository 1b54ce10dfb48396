import Lamina
import LaminaCPU
import Testing

/// Evaluations and predictions: how many examples run at once, and that this changes nothing.
@Suite struct EvaluatorTests {
  private static func network(_ sizes: [Int]) -> NetworkDescription {
    .classifier(
      inputs: sizes[0], hidden: Array(sizes.dropFirst().dropLast()), activation: .relu,
      classes: sizes[sizes.count - 1], inputScaling: .identity)
  }

  private static func rows(_ sizes: [Int], on kind: DeviceKind) -> Int {
    let device = DeviceDescription(
      selector: "x", kind: kind, name: "x", platform: "x", vendor: "x", driver: "x",
      computeUnits: 1, memory: 1 << 34, libraries: [:])
    return Evaluation.rows(for: network(sizes), on: device)
  }

  @Test func aProcessorRunsAThousandExamplesAtOnce() {
    for sizes in [[2, 2], [784, 128, 64, 10], [784, 4096, 4096, 10]] {
      #expect(Self.rows(sizes, on: .processor) == 1000)
    }
  }

  @Test func aGPURunsAsManyAsItHasRoomFor() {
    #expect(Self.rows([784, 128, 64, 10], on: .gpu) == 8192)
    // 8976 numbers an example, four bytes each, in 64 MiB.
    #expect(Self.rows([784, 4096, 4096, 10], on: .gpu) == 1867)
    #expect(Self.rows([784, 1_000_000, 10], on: .gpu) == 1000)
  }

  private static func dataset(_ count: Int, features: Int) -> Dataset {
    Dataset(
      name: "waves",
      inputs: .floats((0..<count * features).map { Float(($0 * 7919) % 1000) / 500 - 1 }),
      targets: .classes((0..<count).map { Int32($0 % 3) }, classNames: ["a", "b", "c"]),
      features: features)
  }

  private static func network<B: Backend>(
    _ description: NetworkDescription, on backend: B
  ) throws -> Network<B> {
    try Network(
      description,
      values: NetworkParameters(for: description, initialization: .pyTorch, seed: 3), on: backend)
  }

  @Test func predictionsAreTheOutputsOfEvaluations() throws {
    let description = Self.network([600, 16, 3])
    let dataset = Self.dataset(701, features: 600)
    for threads in [1, 2] {
      let network = try Self.network(description, on: CPUBackend(threads: threads))
      let data = try DeviceDataset(dataset, for: description, on: network.backend)
      let evaluator = try Evaluator(network)
      #expect(
        evaluator.rows == Evaluation.rows(for: description, on: network.backend.device))
      let outputs = try evaluator.evaluate(data).outputs
      #expect(outputs.count == 701 * 3)
      #expect(try evaluator.outputs(for: data.examples) == outputs)
      #expect(try Evaluator(network, most: 701).outputs(for: dataset) == outputs)
      for rows in [1, 7, 300, 5000] {
        // Kernels may sum in another order for another number of rows.
        let others = try Evaluator(network, rows: rows).outputs(for: dataset)
        let difference = zip(others, outputs).map { abs($0 - $1) }.max() ?? .infinity
        #expect(others.count == outputs.count && difference < 1e-6, "\(rows) rows at a time")
      }
    }
  }

  @Test func anEvaluatorFollowsItsNetworkAndItsData() throws {
    let description = Self.network([12, 8, 3])
    let backend = try CPUBackend(threads: 1)
    let network = try Self.network(description, on: backend)
    let evaluator = try Evaluator(network, rows: 32)
    let (first, second) = (Self.dataset(70, features: 12), Self.dataset(64, features: 12))
    let (firstData, secondData) = (
      try DeviceDataset(first, for: description, on: backend),
      try DeviceDataset(second, for: description, on: backend)
    )
    let before = try evaluator.evaluate(firstData)
    #expect(try evaluator.evaluate(firstData).loss == before.loss)
    let other = try evaluator.evaluate(secondData)
    #expect(other.outputs == Array(before.outputs.prefix(64 * 3)) && other.loss != before.loss)
    #expect(try evaluator.outputs(for: firstData.examples) == before.outputs)
    try network.load(NetworkParameters(for: description, initialization: .pyTorch, seed: 4))
    let after = try evaluator.evaluate(firstData)
    #expect(after.outputs != before.outputs)
    #expect(
      try Evaluator(network, rows: 32).evaluate(firstData).outputs == after.outputs)
  }

  @Test func predictionsHaveNoLoss() throws {
    let description = Self.network([12, 8, 3])
    let backend = try CPUBackend(threads: 1)
    let evaluator = try Evaluator(Self.network(description, on: backend), rows: 32)
    let data = try DeviceDataset(
      Self.dataset(70, features: 12), for: description, on: backend)
    let profile = Profile()
    backend.profile = profile
    _ = try evaluator.outputs(for: data.examples)
    let names = Set(profile.entries.map(\.work.name))
    #expect(names.allSatisfy { $0.hasPrefix("Gather") || $0.hasPrefix("DenseForward") })
    _ = try evaluator.evaluate(data)
    #expect(Set(profile.entries.map(\.work.name)).count > names.count)
  }
}
