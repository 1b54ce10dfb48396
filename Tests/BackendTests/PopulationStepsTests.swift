#if OpenCL
  import LaminaReference
  import Testing

  @testable import Lamina
  @testable import LaminaOpenCL

  /// The kernel that takes steps of several networks, compared with plain operations in double
  /// precision. Its device functions are those of whole steps, which ``WholeStepsTests`` compares
  /// for every kind of network.
  @Suite(.serialized, .enabled(if: FirstDevice.device != nil, "no OpenCL device"))
  struct PopulationStepsTests {
    private static let networks = [0, 4, 7, 14].map { WholeStepsTests.networks[$0] }

    @Test(arguments: networks, [WorkShape.cpu, .gpu])
    func theKernelComputesThePlainOperations(
      network: WholeStepsTests.Network, shape: WorkShape
    ) throws {
      let backend = try FirstDevice.backend(Warnings(), shape: shape)
      let operations = try WholeStepsTests().operations(of: network, on: backend)
      let sketch = try OperationSketch(operations) { $0 == 12 ? 35 : $0 }
      let runs = [
        StepArguments(), StepArguments(firstIndex: 2, step: 2, learningRateFactor: 0.5),
      ]
      let list = try ListTrial(sketch, on: backend, runs: runs)
      let groups = backend.separateGroups(of: shape.lanes == 1 ? 1 : 256)
      let steps = try #require(try backend.together([list.operations], by: groups))
      let wrong = try list.mismatch { try backend.run(steps, with: [$0]) }
      #expect(wrong == nil)
    }

    /// Networks of one shape share a launch although their seeds, rates and sizes of batches differ;
    /// those of another shape do not.
    @Test(arguments: [WorkShape.cpu, .gpu])
    func networksOfOneShapeShareALaunch(shape: WorkShape) throws {
      let backend = try FirstDevice.backend(Warnings(), shape: shape)
      let groups = backend.separateGroups(of: shape.lanes == 1 ? 1 : 256)
      let memories = NetworkMemory.shared(by: 5, on: backend)
      let description = NetworkDescription(
        inputs: 20,
        layers: [
          .dense(outputs: 17, activation: .relu), .dropout(rate: 0.5),
          .dense(outputs: 5, activation: .identity),
        ], loss: .softmaxCrossEntropy())
      let dataset = Dataset(
        name: "test", inputs: .bytes([UInt8](repeating: 7, count: 20 * 40)),
        targets: .classes([Int32](repeating: 1, count: 40), classNames: (0..<5).map(String.init)),
        features: 20)
      let data = try DeviceDataset(dataset, for: description, on: backend)
      let lists = try memories.enumerated().map { place, memory in
        let seed = UInt64(place)
        let network = try Network(
          description,
          values: NetworkParameters(for: description, initialization: .pyTorch, seed: seed),
          in: memory)
        let optimizer: Optimizer =
          place < 4
          ? .adam(Adam(learningRate: 0.01 * Float(place + 1))) : .sgd(SGD(learningRate: 1))
        let options = TrainingOptions(
          batchSize: 32, epochs: 1, rule: UpdateRule(optimizer), seed: seed)
        return try TrainingSteps(network, data: data, count: 40, options: options)
          .lists(rows: place == 3 ? 31 : 32)[0].operations
      }
      let populations = try #require(Population.all(lists, backend.stepCalls(groups)))
      #expect(populations.map(\.places) == [[0, 1, 2, 3], [4]])
      // Kernels take lists side by side where they gain by it: on this device, for its own shape.
      let together = try backend.prepare(together: lists)
      #expect((together.launchCount == 2) == (shape.lanes == 1))
    }

    /// Evaluations are one kernel too where steps are.
    @Test(arguments: [WorkShape.cpu, .gpu])
    func evaluationsAreOneKernel(shape: WorkShape) throws {
      let backend = try FirstDevice.backend(Warnings(), shape: shape)
      let description = NetworkDescription.classifier(
        inputs: 20, hidden: [17], activation: .relu, classes: 5, inputScaling: .unit)
      let dataset = Dataset(
        name: "test", inputs: .bytes([UInt8](repeating: 7, count: 20 * 40)),
        targets: .classes([Int32](repeating: 1, count: 40), classNames: (0..<5).map(String.init)),
        features: 20)
      let data = try DeviceDataset(dataset, for: description, on: backend)
      let batch = BatchIndices(try backend.makeIndices([Int32](0..<40)), count: 40)
      let lists = try NetworkMemory.shared(by: 3, on: backend).map { memory in
        let network = try Network(
          description,
          values: NetworkParameters(for: description, initialization: .pyTorch, seed: 1),
          in: memory)
        let buffers = try BatchBuffers(description, rows: 40, trains: false, in: memory)
        let pass = Pass(network, buffers, rows: 40, isTraining: false)
        return pass.forward(batch, of: data.examples) + [pass.loss(batch, of: data)]
      }
      let together = try backend.prepare(together: lists)
      #expect((together.launchCount == 1) == (shape.lanes == 1))
    }
  }
#endif
