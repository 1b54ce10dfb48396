#if OpenCL
  import Lamina
  import LaminaCheck
  import Support
  import Testing

  @testable import LaminaOpenCL

  /// Each fusion rule of the OpenCL backend takes part where it should, and makes no difference beyond
  /// rounding to what a step computes.
  @Suite(.serialized, .enabled(if: FirstDevice.device != nil, "no OpenCL device"))
  struct OpenCLFusionTests {
    private struct Training {
      let values: [Float]
      let rules: Set<String>
      let launches: Int
    }

    private static let layers: [Layer] = [
      .dense(outputs: 48, activation: .tanh), .dense(outputs: 24, activation: .tanh),
      .dense(outputs: 10, activation: .identity),
    ]

    /// Some steps with momentum.
    private func train(
      shape: WorkShape, layers: [Layer] = layers, without rules: Set<String>
    ) throws -> Training {
      let warnings = Warnings()
      let backend = try FirstDevice.backend(warnings, shape: shape)
      backend.disabledRules = rules
      let description = NetworkDescription(
        inputs: 70, layers: layers, loss: .softmaxCrossEntropy(), inputScaling: .unit)
      let network = try Network(
        description,
        values: NetworkParameters(for: description, initialization: .pyTorch, seed: 1), on: backend)
      let rows = 40
      let dataset = Dataset(
        name: "test",
        inputs: .bytes(DesignedData.labels(rows * 70, classes: 256, seed: 2).map(UInt8.init)),
        targets: .classes(
          DesignedData.labels(rows, classes: 10, seed: 3), classNames: (0..<10).map(String.init)),
        features: 70)
      let step = try TrainingStep(
        network, batch: BatchIndices(try backend.makeIndices([Int32](0..<40)), count: rows),
        data: DeviceDataset(dataset, for: description, on: backend),
        buffers: BatchBuffers(description, rows: rows, on: backend),
        rule: .sgd(learningRate: 0.1, momentum: 0.9))
      for number in 1...4 { try step.run(StepArguments(step: number)) }
      #expect(warnings.sentences.isEmpty)
      let prepared = step.parts[0].prepared
      return Training(
        values: try network.values().tensors.flatMap { $0 },
        rules: Set(prepared.stages.compactMap(\.rule)), launches: prepared.launchCount)
    }

    private static let all = Set(OpenCLBackend.rules.map(\.name))

    /// The rules from the widest to the narrowest: where one is left out, the next takes its place.
    @Test(arguments: [WorkShape.cpu, .gpu].indices)
    func everyRuleTakesPartAndComputesThePlainOperations(_ shapeIndex: Int) throws {
      let shape = [WorkShape.cpu, .gpu][shapeIndex]
      let plain = try train(shape: shape, without: Self.all)
      #expect(plain.rules.isEmpty && plain.launches >= 18)
      var (disabled, seen): (Set<String>, Set<String>) = ([], [])
      for rule in OpenCLBackend.rules {
        let fused = try train(shape: shape, without: disabled)
        seen.formUnion(fused.rules)
        #expect(fused.rules.isDisjoint(with: disabled))
        #expect(fused.launches < plain.launches)
        expectClose(
          fused.values, plain.values,
          Tolerance(
            relative: 1e-5, absolute: 1e-6, because: "70 terms are summed in another order"),
          "parameters after four steps without \(disabled.sorted())")
        disabled.insert(rule.name)
      }
      // Whole steps, the input layer and joint updates are for processors.
      let forProcessors: Set = ["whole steps", "input layer"]
      let wanted = shapeIndex == 0 ? Self.all : Self.all.subtracting(forProcessors)
      #expect(wanted.subtracting(seen).subtracting(["gradient with update"]).isEmpty, "\(seen)")
      #expect(seen.contains("gradient with update") || seen.contains("joint update"))
    }

    /// A step that gains nothing from a rule is left to narrower ones.
    @Test func aNearMissIsNotFused() throws {
      var layers = Self.layers
      // Rows of more than 512 numbers.
      layers.insert(.dense(outputs: 520, activation: .relu), at: 1)
      let step = try train(shape: .cpu, layers: layers, without: [])
      #expect(!step.rules.contains("whole steps") && step.rules.contains("input layer"))
    }
  }
#endif
