#if OpenCL
  import Foundation
  import Lamina
  import Testing

  @testable import LaminaCheck
  @testable import LaminaOpenCL

  /// Which method a backend takes, and what it does about wrong ones.
  @Suite(.serialized, .enabled(if: FirstDevice.device != nil, "no OpenCL device"))
  struct MatmulChoiceTests {
    /// Leaves most rows of the result as they were.
    private static let fault = ["ROWS=1"]

    private static let shape = ProductShape(
      rows: 8, columns: 16, depth: 12, transposesA: false, transposesB: false,
      epilogue: .activation)

    @Test func aWrongKernelIsReplacedWithOneWarning() throws {
      let warnings = Warnings()
      let backend = try FirstDevice.backend(warnings)
      backend.kernels.faults["matmul_vector"] = Self.fault
      let trial = try TunedProduct(Self.shape, .relu, on: backend)
      for _ in 0..<2 {
        let wrong = try trial.mismatch(by: backend.method(for: trial.product))
        #expect(wrong == nil)
      }
      #expect(backend.choice.chosen[Self.shape]?.method == .clblast)
      #expect(warnings.sentences.count == 1)
      let sentence = warnings.sentences.first ?? ""
      #expect(sentence.contains("computes a product (activation 8x16x12, by vector "))
      #expect(sentence.contains("clblast takes the place of vector"))
    }

    @Test func aWrongKernelIsFoundBeforeASequenceIsRecorded() throws {
      let warnings = Warnings()
      let backend = try FirstDevice.backend(warnings)
      backend.kernels.faults["matmul_vector"] = Self.fault
      let trial = try TunedProduct(Self.shape, .relu, on: backend)
      let prepared = try backend.prepare(trial.product.operations)
      #expect(prepared.kernelNames == ["CLBlast", "activation"])
      #expect(warnings.sentences.count == 1)
    }

    @Test func itIsAnErrorWhenNoMethodIsRight() throws {
      let backend = try FirstDevice.backend(Warnings())
      backend.kernels.faults["matmul_vector"] = Self.fault
      let trial = try TunedProduct(Self.shape, .identity, on: backend)
      #expect {
        _ = try backend.firstRight(
          of: [.vector(rows: 4, vectors: 2, tiles: 1), .vector(rows: 4, vectors: 1, tiles: 1)],
          for: trial.product)
      } throws: { error in
        guard case .noRightKernel(let operation, _, let reason)? = error as? BackendError else {
          return false
        }
        return operation == "activation 8x16x12"
          && reason.contains("a product (activation 8x16x12, by vector 4x2 1)")
      }
    }

    @Test func aKernelThatDoesNotCompileIsReplaced() throws {
      let warnings = Warnings()
      let backend = try FirstDevice.backend(warnings)
      backend.kernels.faults["matmul_vector"] = ["ROWS=no_such_name"]
      let trial = try TunedProduct(Self.shape, .relu, on: backend)
      #expect(try backend.method(for: trial.product) == .clblast)
      #expect(warnings.sentences.count == 1)
    }

    /// Methods that read rows by whole vectors take rows of 256 numbers as they are, and their trials
    /// must not read beyond shorter rows.
    @Test(arguments: [false, true])
    func trialsHaveRowsOfWholeVectorsWhereTheProductHas(transposesB: Bool) throws {
      let warnings = Warnings()
      let backend = try FirstDevice.backend(warnings)
      func matrix(rows: Int) throws -> Matrix<OpenCLBackend> {
        Matrix(
          buffer: try backend.makeBuffer(byteCount: rows * 256 * 4), rows: rows, columns: 256,
          stride: 256)
      }
      let b = try matrix(rows: 256)
      let product = MatrixProduct(
        a: try matrix(rows: 4), b: transposesB ? b.transposed : b, c: try matrix(rows: 4),
        epilogue: .plain(alpha: 1, beta: 0))
      #expect(try backend.method(for: product) == backend.planner.method(for: product))
      #expect(warnings.sentences == [])
    }

    @Test(arguments: [WorkShape.cpu, .gpu].indices, MatmulPlanTests.products)
    func everyCandidateThatIsSupportedComputesRight(
      _ shapeIndex: Int, _ product: ProductShape
    ) throws {
      let shape = [WorkShape.cpu, .gpu][shapeIndex]
      let backend = try OpenCLBackend(try #require(FirstDevice.device), shape: shape)
      let trial = try TunedProduct(product, .relu, on: backend)
      for method in MatmulMethod.candidates(for: product, on: shape)
      where !method.mayCompileSlowly && backend.planner.canUse(method, for: trial.product) {
        let wrong = try trial.mismatch(by: method)
        #expect(wrong == nil, "\(method.name)")
      }
    }

    @Test(
      arguments: CheckGroup.layerActivations + [
        .elu(alpha: 1.5), .scaledLogistic(scale: 0.7), .leakyReLU(slope: 0.2),
      ]
    ) func trialsKnowTheRightResults(
      _ activation: Activation
    ) throws {
      let backend = try FirstDevice.backend(Warnings())
      for epilogue in ProductShape.Epilogue.allCases {
        var product = Self.shape
        product.epilogue = epilogue
        let trial = try TunedProduct(product, activation, on: backend)
        let wrong = try trial.mismatch(by: .clblast)
        #expect(wrong == nil, "\(product), \(activation)")
      }
    }

    @Test func theProductsOfATrainingAreThoseOfItsPlan() throws {
      let backend = try FirstDevice.backend(Warnings())
      // Rows of more than 512 numbers, since with fewer a step is a single kernel without products.
      let description = NetworkDescription(
        inputs: 20,
        layers: [
          .dense(outputs: 520, activation: .relu), .dense(outputs: 9, activation: .tanh),
          .dense(outputs: 5, activation: .identity),
        ], loss: .softmaxCrossEntropy())
      let dataset = Dataset(
        name: "test", inputs: .bytes([UInt8](repeating: 7, count: 20 * 8)),
        targets: .classes([Int32](repeating: 1, count: 8), classNames: ["a", "b", "c", "d", "e"]),
        features: 20,
        imageSize: nil)
      let network = try Network(
        description,
        values: NetworkParameters(for: description, initialization: .pyTorch, seed: 1),
        on: backend)
      let trainer = try Trainer(
        network, dataset: dataset,
        options: TrainingOptions(
          batchSize: 8, epochs: 1, optimizer: SGD(learningRate: 0.1), seed: 1))
      _ = try trainer.trainEpoch(1)
      let device = try #require(FirstDevice.device)
      let tuner = try MatmulTuner(device, options: .isolated)
      #expect(tuner.hasOutputKernel(for: description))
      #expect(!tuner.hasStepKernel(for: description))
      let small = NetworkDescription(
        inputs: 20,
        layers: [
          .dense(outputs: 17, activation: .relu), .dense(outputs: 5, activation: .identity),
        ], loss: .softmaxCrossEntropy())
      #expect(tuner.hasStepKernel(for: small) == (device.isCPU && device.memoryOrder != nil))
      let expected = ProductShape.products(
        of: description, batchSize: 8, evaluationRows: 8, hasOutputKernel: true
      ).filter { $0 != ProductShape("activation 8x5x9") }
      #expect(Set(backend.choice.chosen.keys) == Set(expected))
    }

    @Test func tuningStoresWhatTrainingUses() throws {
      let device = try #require(FirstDevice.device)
      let cache = CacheFolder(
        path: FileManager.default.temporaryDirectory.path + "/lamina-tune-\(UUID().uuidString)")
      defer { try? FileManager.default.removeItem(atPath: cache.path) }
      let tuner = try MatmulTuner(device, options: .isolated)
      var compiled: [String] = []
      let precompile = { (_: ProductShape, method: String) -> String? in
        compiled.append(method)
        return "not today"
      }
      let fast = try tuner.tune(Self.shape, seconds: 60, precompile: precompile)
      #expect(fast.measured > 1 && fast.untried == 0 && compiled.isEmpty)
      let result = try tuner.tune(
        Self.shape, known: fast, seconds: 60, precompile: precompile)
      #expect(!compiled.isEmpty && result.refused.map(\.method) == compiled)
      #expect(result.entry.microseconds <= result.entry.defaultMicroseconds)
      var plan = MatmulPlan(for: device.description, in: cache)
      // Whatever was measured, a plan that names another method is followed.
      var entry = result.entry
      entry.method = "clblast"
      plan.set(entry)
      try plan.store(in: cache)
      let warnings = Warnings()
      let backend = try FirstDevice.backend(warnings, cache: cache)
      let trial = try TunedProduct(Self.shape, .relu, on: backend)
      #expect(try backend.method(for: trial.product) == .clblast)
      #expect(backend.planUse?.products == 1 && backend.planUse?.file == plan.file)
      #expect(warnings.sentences.isEmpty)
    }

    /// The products of a step come before those of evaluations, the longest first; methods by estimate.
    @Test func tuningBeginsWithWhatTakesLongest() throws {
      let tuner = MatmulTuner(try FirstDevice.backend(Warnings(), shape: .gpu))
      let network = NetworkDescription.classifier(
        inputs: 784, hidden: [512, 256], activation: .relu, classes: 10, inputScaling: .signedUnit)
      let products = ProductShape.products(
        of: network, batchSize: 512, evaluationRows: 10000, hasOutputKernel: true)
      let shares = tuner.shares(of: products, batchSize: 512)
      #expect(Set(shares.map(\.product)) == Set(products) && shares.count == products.count)
      #expect(abs(shares.reduce(0) { $0 + $1.share } - 1) < 1e-12)
      #expect(shares.map(\.share) == shares.map(\.share).sorted(by: >))
      #expect(shares.prefix(3).allSatisfy { $0.product.rows != 10000 })
      #expect(shares.last?.product == ProductShape("activation 10000x10x256"))
      let parts = shares.indices.map { MatmulTuner.part(ofTimeFor: shares[$0...]) }
      #expect(parts[0] >= shares[0].share - 1e-12 && parts.last == 1)
      for product in products {
        let all = MatmulMethod.candidates(for: product, on: .gpu)
        let ranked = tuner.ranked(all, for: product)
        #expect(ranked[0] == tuner.backend.planner.rankedGPUMethods(for: product)[0].method)
        #expect(Set(ranked).isSubset(of: all) && Set(ranked).count == ranked.count)
        #expect(ranked.contains(.clblast), "there is no estimate of it")
      }
    }

    @Test(
      .enabled(if: FirstDevice.device?.isCPU ?? false, "the kernels made wrong are for processors"))
    func theTunerRefusesWrongKernels() throws {
      let tuner = try MatmulTuner(try #require(FirstDevice.device), options: .isolated)
      tuner.backend.kernels.faults["matmul_vector"] = Self.fault
      let result = try tuner.tune(Self.shape, seconds: 10, precompile: { _, _ in "slow" })
      #expect(!result.entry.method.hasPrefix("vector"))
      #expect(
        result.refused.contains { $0.method == "vector 4x2 1" && $0.reason.hasPrefix("wrong") })
    }

    @Test func variantsOfCLBlastComeAndGo() throws {
      let backend = try FirstDevice.backend(Warnings())
      let trial = try TunedProduct(Self.shape, .identity, on: backend)
      let own = backend.clblast.parameters(nil)
      for method in [MatmulMethod.clblast, .tunedCLBlast(.direct), .clblast] {
        let wrong = try trial.mismatch(by: method)
        #expect(wrong == nil, "\(method.name)")
      }
      #expect(CLBlastParameters(builtInFor: try #require(FirstDevice.device).id) == own)
      #expect(own.forcing(directKernel: true).takesDirectKernel(Self.shape))
      #expect(!own.forcing(directKernel: false).takesDirectKernel(Self.shape))
    }
  }
#endif
