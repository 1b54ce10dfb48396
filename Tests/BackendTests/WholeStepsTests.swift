#if OpenCL
  import Lamina
  import LaminaReference
  import Testing

  @testable import Lamina
  @testable import LaminaOpenCL

  /// Steps of every kind of network as one kernel, compared with plain operations in double
  /// precision.
  @Suite(.serialized, .enabled(if: FirstDevice.device != nil, "no OpenCL device"))
  struct WholeStepsTests {
    /// A network with the rule that trains it.
    struct Network: CustomTestStringConvertible, Sendable {
      let testDescription: String
      var layers: [Layer] = WholeStepsTests.hidden
      /// The output layer; nil for a linear one of 5 targets.
      var outputs: Layer?
      var loss = Loss.softmaxCrossEntropy()
      var rule = UpdateRule.sgd(learningRate: 0.1, momentum: 0.9)
      /// True for some of all kinds, which any number of groups must be able to compute.
      var isForAnyGroups = false

      init(_ name: String, _ change: (inout Network) -> Void = { _ in }) {
        testDescription = name
        change(&self)
      }

      static func rule(_ name: String, _ change: (inout UpdateRule) -> Void) -> Network {
        Network(name) { change(&$0.rule) }
      }
    }

    private static let hidden: [Layer] = [
      .dense(outputs: 17, activation: .relu), .dense(outputs: 9, activation: .relu),
    ]

    static let networks: [Network] =
      [
        Network("plain") { $0.isForAnyGroups = true },
        Network("no hidden layer") { $0.layers = [] },
        Network("derivatives from inputs of activations") {
          $0.layers = [
            .dense(outputs: 17, activation: .gelu), .dense(outputs: 40, activation: .silu),
            .dense(outputs: 33, activation: .mish),
          ]
        },
        Network("two activations, wide") {
          $0.layers = [
            .dense(outputs: 70, activation: .tanh), .dense(outputs: 130, activation: .logistic),
          ]
        },
        Network("batch normalisation and dropout") {
          $0.isForAnyGroups = true
          $0.layers = [
            .dense(outputs: 17, activation: .tanh), .batchNormalization(), .dropout(rate: 0.25),
            .dense(outputs: 9, activation: .tanh),
          ]
        },
        Network("layer normalisation") {
          $0.layers = [
            .dense(outputs: 17, activation: .tanh), .layerNormalization(),
            .dense(outputs: 9, activation: .tanh),
          ]
        },
        Network("residual block") {
          $0.layers = [
            .dense(outputs: 17, activation: .tanh),
            .residual([.dense(outputs: 17, activation: .tanh)]),
          ]
        },
        Network("maxout") { $0.layers = [.maxout(outputs: 11, pieces: 3)] },
        Network("embedding") {
          $0.isForAnyGroups = true
          $0.layers =
            [
              .embedding([
                EmbeddedColumn(categories: 7, width: 3), EmbeddedColumn(categories: 40, width: 17),
              ])
            ] + WholeStepsTests.hidden
        },
        Network("embedding with Adam") {
          $0.layers = [.embedding([EmbeddedColumn(categories: 12, width: 4)])]
          $0.rule = UpdateRule(.adam(Adam()), weightDecay: 0.01)
        },
        Network("embedding, quantiles and maxout") {
          $0.layers = [
            .embedding([EmbeddedColumn(categories: 9, width: 20)]), .maxout(outputs: 10, pieces: 3),
          ]
          $0.loss = .quantile(levels: [0.1, 0.9])
        },
        Network("numbers") {
          $0.loss = .squaredError
          $0.outputs = .dense(outputs: 5, activation: .tanh)
        },
        Network("quantiles") {
          $0.isForAnyGroups = true
          $0.loss = .quantile(levels: [0.1, 0.4, 0.9])
        },
        Network("distributions and maxout") {
          $0.layers = [.maxout(outputs: 10, pieces: 3)]
          $0.loss = .gaussianLikelihood()
        },
        Network("counts") { $0.loss = .poisson },
        Network("smooth targets") { $0.loss = .softmaxCrossEntropy(smoothing: 0.1) },
        .rule("look-ahead") { $0 = .sgd(learningRate: 0.1, momentum: 0.9, nesterov: true) },
        .rule("penalties") { $0.penalties = Penalties(l1: 0.01, l2: 0.02) },
        .rule("clipped numbers") { $0.clipping.value = 0.01 },
        Network("clipped norm") {
          $0.isForAnyGroups = true
          $0.rule.clipping.norm = 0.1
        },
        .rule("clipped norm of Adam") {
          $0.optimizer = .adam(Adam())
          $0.clipping.norm = 0.1
        },
        .rule("decay") { $0.weightDecay = 0.01 },
        .rule("limited columns") { $0.maxNorm = 0.2 },
      ]
      + Optimizer.usual.map { name, optimizer in
        .rule(name) {
          $0.optimizer = optimizer
          $0.weightDecay = 0.01
        }
      }

    /// The step of a network for 12 of 14 examples.
    func operations(
      of network: Network, on backend: OpenCLBackend
    ) throws -> [Lamina.Operation<OpenCLBackend>] {
      let outputs =
        network.outputs
        ?? .dense(outputs: 5 * network.loss.outputsPerTarget, activation: .identity)
      let description = NetworkDescription(
        inputs: 20, layers: network.layers + [outputs], loss: network.loss)
      let names = (0..<5).map(String.init)
      let dataset = Dataset(
        name: "test", inputs: .bytes([UInt8](repeating: 7, count: 20 * 14)),
        targets: network.loss.isForNumbers
          ? .values([Double](repeating: 1, count: 14 * 5), names: names)
          : .classes([Int32](repeating: 1, count: 14), classNames: names),
        features: 20)
      let made = try Lamina.Network(
        description,
        values: NetworkParameters(for: description, initialization: .pyTorch, seed: 1),
        on: backend)
      let options = TrainingOptions(batchSize: 12, epochs: 1, rule: network.rule, seed: 0)
      return try TrainingSteps(made, dataset: dataset, options: options).lists(rows: 12)[0]
        .operations
    }

    private func kernels(
      _ network: Network, on backend: OpenCLBackend
    ) throws -> [String] {
      try backend.prepare(operations(of: network, on: backend)).kernelNames
    }

    /// Without trials, which compile what ``theKernelComputesThePlainOperations(network:form:)``
    /// compiles.
    @Test(arguments: networks)
    func aSmallNetworksStepIsOneLaunch(network: Network) throws {
      let backend = try FirstDevice.backend(Warnings())
      backend.skipsTrials = true
      let items = try backend.planned(operations(of: network, on: backend))
      #expect(items.map(\.item.fused?.rule) == [WholeStepsRule().name])
    }

    /// The kernel's forms: groups of one work-item and of many, products by rows and by tiles.
    enum Form: CaseIterable, Sendable {
      case processor, gpu, gpuByTiles

      var shape: WorkShape { self == .processor ? .cpu : .gpu }
    }

    /// Of steps of 35 rows, which take parts of tiles, two in one launch.
    @Test(arguments: networks, Form.allCases)
    func theKernelComputesThePlainOperations(network: Network, form: Form) throws {
      // Groups that only start when others have ended are not missed, nor are those that find
      // nothing to do. One kernel serves any number of groups, and is compiled here once for all.
      try check(network, form, groups: network.isForAnyGroups ? [1, 2, 3, 64] : [2])
    }

    /// Groups with tasks of their own, which must run side by side: here it is one.
    @Test(arguments: [Form.gpu, .gpuByTiles])
    func groupsNeedNotClaim(form: Form) throws {
      for network in Self.networks where network.isForAnyGroups {
        try check(network, form, groups: [1], claims: false)
      }
    }

    private func check(
      _ network: Network, _ form: Form, groups counts: [Int], claims: Bool = true
    ) throws {
      let backend = try FirstDevice.backend(Warnings(), shape: form.shape)
      for count in counts { try check(network, form, on: backend, groups: count, claims) }
    }

    private func check(
      _ network: Network, _ form: Form, on backend: OpenCLBackend, groups count: Int,
      _ claims: Bool
    ) throws {
      let operations = try operations(of: network, on: backend)
      let sketch = try OperationSketch(operations) { $0 == 12 ? 35 : $0 }
      let runs = [
        StepArguments(), StepArguments(firstIndex: 2, step: 2, learningRateFactor: 0.5),
      ]
      let list = try ListTrial(sketch, on: backend, runs: runs)
      var groups = try #require(backend.stepGroups(of: form == .processor ? 1 : 256))
      groups.count = count
      groups.claims = claims
      let calls = backend.stepCalls(
        groups, tiled: form == .gpuByTiles ? Set(list.operations.indices) : [])
      guard let steps = WholeSteps(list.operations, calls) else {
        Issue.record("the rule does not take the step")
        return
      }
      let encoder = backend.makeEncoder()
      try backend.encode(steps, with: encoder)
      let prepared = OpenCLBackend.Prepared(encoder.commands, stages: [])
      let wrong = try list.mismatch { try backend.run(prepared, with: $0) }
      #expect(wrong == nil, "\(count) groups")
    }

    /// More steps than a launch takes go in several.
    @Test func stepsBeyondALaunchAreNotLost() throws {
      let backend = try FirstDevice.backend(Warnings())
      let network = Network.rule("Adam") { $0.optimizer = .adam(Adam()) }
      let operations = try operations(of: network, on: backend)
      let runs = (0..<150).map { StepArguments(firstIndex: $0 % 2, step: 1 + $0) }
      let list = try ListTrial(try OperationSketch(operations), on: backend, runs: runs)
      let prepared = try backend.prepare(list.operations)
      #expect(prepared.kernelNames == ["whole_steps"])
      #expect(prepared.launchCount == 1)
      // A hundred steps may each add an error of some last bits.
      let wrong = try list.mismatch { try backend.run(prepared, with: $0) }
      if let wrong { #expect(abs(wrong.expected - wrong.actual) < 1e-3, "\(wrong)") }
    }

    /// A launch has room for the arguments of many layers, but not for those of any number.
    @Test(arguments: [(12, true), (40, false)])
    func deepNetworksGoAsFarAsTheArgumentsOfALaunch(layers: Int, isWhole: Bool) throws {
      let backend = try FirstDevice.backend(Warnings())
      let network = Network("deep") {
        $0.layers = [Layer](repeating: .dense(outputs: 16, activation: .tanh), count: layers)
      }
      let names = try kernels(network, on: backend)
      #expect((names == ["whole_steps"]) == isWhole)
      if isWhole { try check(network, .processor, groups: [2]) }
    }

    @Test func largeLayersGoByOperations() throws {
      let backend = try FirstDevice.backend(Warnings())
      let wide = Network("wide") { $0.layers = [.dense(outputs: 520, activation: .relu)] }
      #expect(try !kernels(wide, on: backend).contains("whole_steps"))
    }

    /// One that leaves out every other vector of columns, and one that does not compile.
    @Test(arguments: ["COLUMN_LANES=2", "WIDTH=no_such_name"])
    func aWrongKernelIsReplacedWithOneWarning(fault: String) throws {
      let warnings = Warnings()
      let backend = try FirstDevice.backend(warnings, fault: ("whole_steps", fault))
      #expect(
        try kernels(Network("plain"), on: backend)
          == ["input_layer", "matmul_vector", "output_layer", "matmul_dot", "matmul_updates"])
      #expect(warnings.sentences.count == 1)
      #expect(
        warnings.sentences.first?.contains("separate operations take its place") == true)
      _ = try kernels(Network("plain"), on: backend)
      #expect(warnings.sentences.count == 1)
    }

    /// The gradients of all layers with the updates that follow on them are one phase after the
    /// rows of the batch.
    @Test func aPlainStepHasTwoPhases() throws {
      let backend = try FirstDevice.backend(Warnings())
      for network in Self.networks
      where network.layers.suffix(2) == Self.hidden[...] && network.rule.maxNorm == nil
        && network.rule.clipping.norm == nil
      {
        let operations = try operations(of: network, on: backend)
        let phases = StepPhases(operations, backend.stepCalls(try #require(backend.stepGroups)))?
          .phases
        #expect(phases?.count == 2, "\(network.testDescription)")
        #expect(phases?.first?.count == 1, "\(network.testDescription)")
      }
    }
  }
#endif
