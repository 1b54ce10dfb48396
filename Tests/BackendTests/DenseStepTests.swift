#if OpenCL
  import Lamina
  import Testing

  @testable import Lamina
  @testable import LaminaOpenCL
  import LaminaReference

  /// Whether the backend takes the kernel, and what it does about a wrong one.
  @Suite(.serialized, .enabled(if: FirstDevice.device != nil, "no OpenCL device"))
  struct DenseStepKernelTests {
    private static let classifier: [Layer] = [
      .dense(outputs: 17, activation: .relu), .dense(outputs: 9, activation: .relu),
      .dense(outputs: 5, activation: .identity),
    ]

    private struct Plan {
      let step: TrainingStep<OpenCLBackend>

      init(
        _ layers: [Layer], loss: Loss = .softmaxCrossEntropy(), rule: UpdateRule,
        on backend: OpenCLBackend
      ) throws {
        let description = NetworkDescription(inputs: 20, layers: layers, loss: loss)
        let dataset = Dataset(
          name: "test", inputs: .bytes([UInt8](repeating: 7, count: 20 * 12)),
          targets: .classes(
            [Int32](repeating: 1, count: 12), classNames: (0..<5).map(String.init)),
          features: 20)
        let network = try Network(
          description,
          values: NetworkParameters(for: description, initialization: .pyTorch, seed: 1),
          on: backend)
        step = try TrainingStep(
          network, batch: BatchIndices(try backend.makeIndices([Int32](0..<12)), count: 12),
          data: try DeviceDataset(dataset, for: description, on: backend),
          buffers: try BatchBuffers(description, rows: 12, on: backend), rule: rule)
      }
    }

    private func kernels(
      _ layers: [Layer] = classifier, loss: Loss = .softmaxCrossEntropy(),
      rule: UpdateRule = .sgd(learningRate: 0.1, momentum: 0.9), on backend: OpenCLBackend
    ) throws -> [String] {
      try Plan(layers, loss: loss, rule: rule, on: backend).step.parts[0].prepared.kernelNames
    }

    @Test func aSmallNetworksStepIsOneLaunch() throws {
      let warnings = Warnings()
      let backend = try FirstDevice.backend(warnings)
      #expect(try kernels(on: backend) == ["dense_steps"])
      #expect(warnings.sentences.isEmpty)
    }

    @Test func whatTheKernelIsNotForGoesByOperations() throws {
      let backend = try FirstDevice.backend(Warnings())
      var decaying = UpdateRule.sgd(learningRate: 0.1)
      decaying.weightDecay = 0.01
      var limited = UpdateRule.sgd(learningRate: 0.1)
      limited.maxNorm = 1
      var clipped = UpdateRule.sgd(learningRate: 0.1)
      clipped.clipping.norm = 1
      let rules = [
        decaying, limited, clipped, .sgd(learningRate: 0.1, momentum: 0.9, nesterov: true),
      ]
      for rule in rules { #expect(try !kernels(rule: rule, on: backend).contains("dense_steps")) }
      var layers = Self.classifier
      layers[0] = .dense(outputs: 17, activation: .tanh)
      #expect(try !kernels(layers, on: backend).contains("dense_steps"))
      #expect(
        try !kernels([.dropout(rate: 0.5)] + Self.classifier, on: backend).contains("dense_steps"))
      #expect(try !kernels(loss: .squaredError, on: backend).contains("dense_steps"))
      let asGPU = try FirstDevice.backend(Warnings(), shape: .gpu)
      #expect(try !kernels(on: asGPU).contains("dense_steps"))
    }

    /// One with tiles of another height, and one that does not compile.
    @Test(arguments: ["ROWS=1", "ROWS=no_such_name"])
    func aWrongKernelIsReplacedWithOneWarning(fault: String) throws {
      let warnings = Warnings()
      let backend = try FirstDevice.backend(warnings, fault: ("dense_steps", fault))
      #expect(
        try kernels(on: backend)
          == ["input_layer", "matmul_vector", "output_layer", "matmul_dot", "matmul_updates"])
      #expect(warnings.sentences.count == 1)
      #expect(
        warnings.sentences.first?.contains("separate operations take its place") == true)
      _ = try kernels(on: backend)
      #expect(warnings.sentences.count == 1)
    }

    /// Workers that only start when others have ended are not missed, nor are those that find nothing
    /// to do.
    @Test(arguments: [1, 2, 3, 64])
    func anyNumberOfWorkersWillDo(workers: Int) throws {
      let backend = try FirstDevice.backend(Warnings())
      let plan = try Plan(
        Self.classifier, rule: .sgd(learningRate: 0.1, momentum: 0.9), on: backend)
      let sketch = try OperationSketch(plan.step.parts[0].operations) { $0 == 12 ? 35 : $0 }
      let runs = [StepArguments(), StepArguments(firstIndex: 2, learningRateFactor: 0.5)]
      let list = try ListTrial(sketch, on: backend, runs: runs)
      let form = WholeStepsRule().form(of: list.operations, on: backend)
      guard case .denseSteps(let steps)? = form else {
        Issue.record("the rule does not take the step")
        return
      }
      let encoder = backend.makeEncoder()
      try encoder.encode(steps, backend.planner, workers: workers)
      let prepared = OpenCLBackend.Prepared(encoder.commands, stages: [])
      let wrong = try list.mismatch { try backend.run(prepared, with: $0) }
      #expect(wrong == nil)
    }
  }
#endif
