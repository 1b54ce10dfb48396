#if OpenCL
  import Foundation
  import Lamina
  import Testing

  @testable import LaminaOpenCL

  /// The choice between whole steps and launches on GPUs, by rates that were measured.
  @Suite(.serialized, .enabled(if: FirstDevice.device != nil, "no OpenCL device"))
  struct StepEstimateTests {
    /// Of an H100: a launch, a wait of 132 groups, 64 bytes and 128 multiplications in a cycle of
    /// 1.7 GHz.
    private static let rates = DeviceRates(
      launch: 5e-6, wait: 1.1e-6, groupBytes: 1.1e11, groupOperations: 4.3e11)
    private static let groups = StepGroups(count: 132, size: 256, claims: false, order: .ptx)

    private func operations(
      _ sizes: [Int], batch: Int, on backend: OpenCLBackend
    ) throws -> [Lamina.Operation<OpenCLBackend>] {
      let layers = sizes.dropFirst().enumerated().map { place, size in
        Layer.dense(
          outputs: size, activation: place == sizes.count - 2 ? .identity : .relu)
      }
      let description = NetworkDescription(
        inputs: sizes[0], layers: layers, loss: .softmaxCrossEntropy())
      let dataset = Dataset(
        name: "test", inputs: .bytes([UInt8](repeating: 7, count: sizes[0] * batch)),
        targets: .classes(
          [Int32](repeating: 1, count: batch), classNames: (0..<10).map(String.init)),
        features: sizes[0])
      let network = try Network(
        description,
        values: NetworkParameters(for: description, initialization: .pyTorch, seed: 1),
        on: backend)
      backend.skipsTrials = true
      return try TrainingStep(
        network,
        batch: BatchIndices(try backend.makeIndices([Int32](0..<Int32(batch))), count: batch),
        data: try DeviceDataset(dataset, for: description, on: backend),
        buffers: try BatchBuffers(description, rows: batch, on: backend),
        rule: .sgd(learningRate: 0.1, momentum: 0.9)
      ).parts[0].operations
    }

    private func steps(
      _ operations: [Lamina.Operation<OpenCLBackend>], on backend: OpenCLBackend
    ) throws -> WholeSteps {
      let tiled = Self.groups.tiledProducts(of: operations, Self.rates)
      return try #require(
        WholeSteps(operations, backend.stepCalls(Self.groups, tiled: tiled)))
    }

    /// Launches of small networks wait for each other longer than they compute; large products fill
    /// the device better by kernels of their own.
    ///
    /// The figures are those of `Benchmarks/README.md` and `docs/gpus.md`.
    @Test(arguments: [
      ([784, 16, 10], 32, "whole steps 5.5, launches 35.0"),
      ([784, 128, 64, 10], 64, "whole steps 10.3, launches 50.0"),
      ([784, 512, 512, 10], 128, "whole steps 29.8, launches 50.0"),
      ([784, 2048, 2048, 10], 1024, "whole steps 903.7, launches 596.3"),
    ])
    func smallNetworksAreWorthWholeSteps(sizes: [Int], batch: Int, text: String) throws {
      let backend = try FirstDevice.backend(Warnings(), shape: .gpu)
      let operations = try operations(sizes, batch: batch, on: backend)
      let estimate = StepEstimate(
        try steps(operations, on: backend), Self.rates, instead: operations)
      #expect(estimate.isWorthIt == (batch < 1024))
      #expect(estimate.text == "estimated \u{b5}s per step: " + text)
    }

    /// A group for each of many small networks takes the time of few steps by all groups; for two
    /// large networks, all groups together are faster.
    ///
    /// The figures are those of `Benchmarks/README.md`.
    @Test(arguments: [
      ([20, 64, 32, 1], 32, 100, "together 10.7, one by one 638.6"),
      ([20, 64, 32, 1], 32, 2, "together 10.7, one by one 12.8"),
      ([784, 128, 64, 10], 64, 100, "together 160.7, one by one 1029.2"),
      ([784, 512, 512, 10], 128, 2, "together 2006.3, one by one 59.5"),
    ])
    func manySmallNetworksAreWorthAGroupEach(
      sizes: [Int], batch: Int, networks: Int, text: String
    ) throws {
      let backend = try FirstDevice.backend(Warnings(), shape: .gpu)
      let operations = try operations(sizes, batch: batch, on: backend)
      let calls = backend.stepCalls(backend.separateGroups(of: 256))
      let estimate = PopulationEstimate(
        try #require(StepPhases(operations, calls)), networks: networks, Self.rates,
        insteadOf: try steps(operations, on: backend), operations)
      func tenths(_ seconds: Double) -> Double { (seconds * 1e7).rounded() / 10 }
      #expect(
        "together \(tenths(estimate.together)), one by one \(tenths(estimate.oneByOne))" == text)
    }

    /// Weights that a group reads faster than all wait stay with the rows; others go by tiles.
    @Test func largeWeightsGoByTiles() throws {
      let backend = try FirstDevice.backend(Warnings(), shape: .gpu)
      let small = try operations([784, 16, 10], batch: 32, on: backend)
      #expect(Self.groups.tiledProducts(of: small, Self.rates).isEmpty)
      let large = try operations([784, 512, 512, 10], batch: 128, on: backend)
      let tiled = Self.groups.tiledProducts(of: large, Self.rates)
      let shapes = tiled.sorted().map { place -> [Int] in
        guard case .matmul(let product) = large[place] else { return [] }
        return [product.c.rows, product.depth, product.c.columns]
      }
      #expect(shapes == [[128, 784, 512], [128, 512, 512], [128, 512, 512]])
    }

    /// Each rate is of this device: positive, and found again in the cache.
    @Test func ratesAreMeasuredAndKept() throws {
      let path = FileManager.default.temporaryDirectory.path + "/lamina-rates-\(UUID().uuidString)"
      defer { try? FileManager.default.removeItem(atPath: path) }
      let cache = CacheFolder(path: path)
      let device = try #require(FirstDevice.device)
      let backend = try FirstDevice.backend(Warnings())
      var groups = try #require(backend.stepGroups(of: 1))
      // Groups that do not claim must run side by side.
      groups.count = 1
      let rates = try RateMeasurement(backend, groups).rates()
      for rate in [rates.launch, rates.wait, rates.groupBytes, rates.groupOperations] {
        #expect(rate > 0 && rate.isFinite)
      }
      #expect(rates.wait < 1e-3 && rates.launch < 1)
      #expect(rates.groupBytes > 1e6 && rates.groupOperations > 1e6)
      #expect(DeviceRates.stored(for: device.description, groups, in: cache) == nil)
      rates.store(for: device.description, groups, in: cache)
      #expect(DeviceRates.stored(for: device.description, groups, in: cache) == rates)
      groups.count = 2
      #expect(DeviceRates.stored(for: device.description, groups, in: cache) == nil)
    }
  }
#endif
