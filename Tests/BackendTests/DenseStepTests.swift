import Lamina
import Support
import Testing

extension OperationTests {
  /// Whole steps of networks of dense layers, more of them than one launch takes, against the reference.
  @Suite struct DenseStepTests {
    struct Steps: Operation {
      var sizes = [37, 19, 5]
      var activation = Activation.tanh
      var loss = Loss.softmaxCrossEntropy()
      var batch = 13
      var momentum: Float = 0.5
      /// Floats, a scale for each, weights, and soft targets; or bytes and classes.
      var isTable = false

      /// More than one launch takes, unless told otherwise.
      var count = 70

      private var dataset: Dataset {
        let (features, classes) = (sizes[0], sizes[sizes.count - 1])
        let rows = count + batch
        let names = (0..<classes).map(String.init)
        guard isTable else {
          return Dataset(
            name: "test",
            inputs: .bytes(
              DesignedData.labels(rows * features, classes: 256, seed: 61).map(UInt8.init)),
            targets: .classes(
              DesignedData.labels(rows, classes: classes, seed: 62), classNames: names),
            features: features)
        }
        var dataset = Dataset(
          name: "test", inputs: .floats(DesignedData.uniform(rows * features, bound: 1, seed: 63)),
          targets: .values(
            DesignedData.uniform(rows * classes, bound: 0.5, seed: 64).map { $0 + 0.5 },
            names: names), features: features)
        dataset.weights = DesignedData.uniform(rows, bound: 0.5, seed: 65).map { $0 + 1 }
        return dataset
      }

      private var description: NetworkDescription {
        let hidden = sizes[1..<sizes.count - 1].map {
          Layer.dense(outputs: $0, activation: activation)
        }
        return NetworkDescription(
          inputs: sizes[0],
          layers: hidden + [.dense(outputs: sizes[sizes.count - 1], activation: .identity)],
          loss: loss,
          inputScaling: isTable
            ? .perFeature(
              scales: DesignedData.uniform(sizes[0], bound: 1, seed: 66),
              offsets: DesignedData.uniform(sizes[0], bound: 1, seed: 67)) : .signedUnit)
      }

      /// Each step begins one example further on and has a learning rate of its own.
      func results<B: Backend>(on backend: B) throws -> [[Float]] {
        let dataset = dataset
        let order = try backend.makeIndices((0..<Int32(dataset.count)).reversed())
        let network = try Network(
          description,
          values: NetworkParameters(for: description, initialization: .pyTorch, seed: 68),
          on: backend)
        let buffers = try BatchBuffers(description, rows: batch, on: backend)
        let step = try TrainingStep(
          network, batch: BatchIndices(order, count: batch),
          data: DeviceDataset(dataset, for: description, on: backend), buffers: buffers,
          rule: .sgd(learningRate: 0.05, momentum: momentum))
        for number in 0..<count {
          try step.run(
            StepArguments(
              firstIndex: number, step: number + 1,
              learningRateFactor: 1 + Float(number % 3)))
        }
        return try network.values().tensors + [
          backend.values(of: buffers.meter.losses), backend.values(of: buffers.meter.hits),
          backend.values(of: buffers.output),
        ]
      }
    }

    /// One layer to five, narrow and wide ones, and outputs of one vector, two and three.
    @Test(
      arguments: TestBackend.all,
      [
        [20, 10], [37, 19, 5], [9, 40, 33, 20], [21, 17, 34, 16, 10], [9, 8, 7, 6, 5, 4],
        [12, 530, 3], [7, 11, 40],
      ])
    func sizes(backend: TestBackend, sizes: [Int]) throws {
      try Steps(sizes: sizes).check(on: backend, Self.tolerance)
    }

    @Test(
      arguments: TestBackend.all,
      [Activation.relu, .logistic, .leakyReLU(slope: 0.1), .elu(alpha: 0.5), .softplus, .identity])
    func activations(backend: TestBackend, activation: Activation) throws {
      try Steps(activation: activation).check(on: backend, Self.tolerance)
    }

    @Test(arguments: TestBackend.all, [1, 8, 24, 67])
    func batches(backend: TestBackend, batch: Int) throws {
      try Steps(batch: batch, momentum: 0).check(on: backend, Self.tolerance)
    }

    /// Weights beyond half a megabyte: tasks take several tiles of rows.
    @Test(arguments: TestBackend.all)
    func largerWeights(backend: TestBackend) throws {
      try Steps(sizes: [280, 480, 5], batch: 67, count: 2).check(on: backend, Self.tolerance)
    }

    @Test(arguments: TestBackend.all, [Loss.softmaxCrossEntropy(smoothing: 0.1), .squaredError])
    func tables(backend: TestBackend, loss: Loss) throws {
      try Steps(loss: loss, isTable: true).check(on: backend, Self.tolerance)
    }

    private static let tolerance = Tolerance(
      relative: 1e-3, absolute: 1e-4, because: "70 steps of rounding in Float")
  }
}

#if OpenCL
  @testable import Lamina
  @testable import LaminaOpenCL

  /// Whether the backend takes the kernel, and what it does about a wrong one.
  @Suite(.serialized, .enabled(if: FirstDevice.device != nil, "no OpenCL device"))
  struct DenseStepKernelTests {
    private static let classifier: [Layer] = [
      .dense(outputs: 17, activation: .relu), .dense(outputs: 9, activation: .relu),
      .dense(outputs: 5, activation: .identity),
    ]

    private struct Plan {
      let network: Network<OpenCLBackend>
      let pass: Pass<OpenCLBackend>
      let batch: BatchIndices<OpenCLBackend>
      let data: DeviceDataset<OpenCLBackend>
      let update: ParameterUpdate<OpenCLBackend>
      let buffers: BatchBuffers<OpenCLBackend>

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
        network = try Network(
          description,
          values: NetworkParameters(for: description, initialization: .pyTorch, seed: 1),
          on: backend)
        batch = BatchIndices(try backend.makeIndices([Int32](0..<12)), count: 12)
        data = try DeviceDataset(dataset, for: description, on: backend)
        buffers = try BatchBuffers(description, rows: 12, on: backend)
        update = try ParameterUpdate(rule, of: network)
        pass = Pass(network, buffers, rows: 12, isTraining: true, gradientBeta: 0.9)
      }

      var step: TrainingStep<OpenCLBackend> {
        get throws {
          try TrainingStep(network, batch: batch, data: data, buffers: buffers, update: update)
        }
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
      let step = try #require(
        plan.pass.denseStep(
          plan.batch, of: plan.data, plan.update,
          part: BatchPart(start: 0, count: 12, batchSize: 12)))
      let tile = try #require(backend.denseTile(for: step))
      let steps = try #require(DenseSteps(step, tile))
      let wrong = try DenseStepTrial(steps.form, on: backend).mismatch(workers: workers)
      #expect(wrong == nil)
    }
  }
#endif
