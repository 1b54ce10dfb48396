import Lamina
import LaminaCheck
import Support
import Testing

/// Optimisers, penalties, clipping, decay and maximum norm in whole steps, against PyTorch.
@Suite(.serialized) struct OptimizerTests {
  struct Run {
    var losses: [Double] = []
    var tensors: [[Float]] = []
  }

  static func run<B: Backend>(
    _ golden: GoldenOptimizers, _ rule: UpdateRule, accumulation: Int = 1, on backend: B
  ) throws -> Run {
    try rule.validate()
    let network = try Network(
      golden.description, values: NetworkParameters(tensors: golden.initial), on: backend)
    let size = golden.batchSize
    let buffers = try BatchBuffers(golden.description, rows: size, on: backend)
    let indices = try backend.makeIndices([Int32](0..<Int32(golden.labels.count)))
    let step = try TrainingStep(
      network, batch: BatchIndices(indices, count: size),
      data: DeviceDataset(golden.dataset, for: golden.description, on: backend), buffers: buffers,
      update: ParameterUpdate(rule, of: network), accumulation: accumulation)
    var run = Run()
    for number in 0..<golden.steps {
      try backend.perform(.fill(buffers.meter.losses, with: 0))
      try step.run(
        StepArguments(firstIndex: number * size % golden.labels.count, step: number + 1))
      let losses = try backend.values(of: buffers.meter.losses)
      run.losses.append(losses.reduce(0) { $0 + Double($1) } / Double(size))
    }
    run.tensors = try network.values().tensors
    return run
  }

  @Test(arguments: TestBackend.all, try GoldenOptimizers.shared.get().cases)
  func tenStepsEqualPyTorchs(backend: TestBackend, golden: GoldenOptimizers.Case) throws {
    let file = try GoldenOptimizers.shared.get()
    let run = try backend.use { try Self.run(file, golden.rule(), on: $0) }
    let bound: Double = backend.description.hasPrefix("cpu") ? 1e-5 : 1e-4
    for (actual, expected) in zip(run.losses, golden.losses) {
      #expect(abs(actual - expected) <= bound * expected, "loss on \(backend)")
    }
    for (number, (actual, expected)) in zip(run.tensors, golden.parameters).enumerated() {
      expectClose(
        actual, expected.map { Float($0) },
        Tolerance(relative: bound, absolute: bound / 10, because: "the issue's bound"),
        "tensor \(number) of \(golden.testDescription) on \(backend)")
    }
  }

  @Test func everyOptimizerIsThere() throws {
    let names = Set(try GoldenOptimizers.shared.get().cases.map(\.optimizer))
    #expect(names == Set(Optimizer.usual.map(\.key)))
  }

  /// Five examples in 2, 3 and 5 parts: of 3 and 2, of 2, 2 and 1, and of 1.
  @Test(arguments: TestBackend.all, [2, 3, 4, 5])
  func accumulatedPartsEqualTheWholeBatch(backend: TestBackend, parts: Int) throws {
    let file = try GoldenOptimizers.shared.get()
    for number in [0, 1, 6, 18] {
      let golden = file.cases[number]
      let run = try backend.use { try Self.run(file, golden.rule(), accumulation: parts, on: $0) }
      for (actual, expected) in zip(run.losses, golden.losses) {
        #expect(abs(actual - expected) <= 1e-4 * expected, "loss on \(backend)")
      }
      for (actual, expected) in zip(run.tensors, golden.parameters) {
        expectClose(
          actual, expected.map { Float($0) },
          Tolerance(relative: 1e-4, absolute: 1e-5, because: "the issue's bound for OpenCL"),
          "\(golden.testDescription) in \(parts) parts on \(backend)")
      }
    }
  }

  @Test(arguments: TestBackend.all)
  func oneRuleGivesTheSameBits(backend: TestBackend) throws {
    let file = try GoldenOptimizers.shared.get()
    let rule = try file.cases[18].rule()
    let first = try backend.use { try Self.run(file, rule, on: $0) }
    let second = try backend.use { try Self.run(file, rule, on: $0) }
    #expect(first.tensors == second.tensors)
  }
}
