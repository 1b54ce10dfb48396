import Lamina
import Support
import Testing

@testable import LaminaCheck

#if OpenCL
  @testable import LaminaOpenCL

  extension OperationTests {
    /// Products by tensor cores, for which plain kernels stand in where there are none.
    @Suite struct TensorMatmulTests {
      /// Whole numbers below 2⁸ are exact in every precision.
      @Test(arguments: TestBackend.otherPrecisions)
      func productsOfWholeNumbersAreExact(backend: TestBackend) throws {
        let infinitiesStay = try backend.use { $0.precision != .tf32x3 }
        // Larger ones take a stand-in long, and have no other parts.
        try CheckGroup.products.check(on: backend) { check in
          guard let use = check.product else { return false }
          return use.rows * use.columns * use.depth < 1 << 19
            && (infinitiesStay || !use.hasInfinities)
        }
      }

      /// Sums of 4096 terms, of both signs and of one: what is cut off of the latter adds up.
      @Test(arguments: TestBackend.otherPrecisions, [false, true])
      func errorIsThatOfThePrecision(backend: TestBackend, isPositive: Bool) throws {
        let (rows, columns, depth) = (16, 24, 4096)
        func numbers(_ count: Int, _ seed: UInt64) -> [Float] {
          let numbers = DesignedData.uniform(count, bound: 1, seed: seed)
          return isPositive ? numbers.map(\.magnitude) : numbers
        }
        let (left, right) = (numbers(rows * depth, 1), numbers(depth * columns, 2))
        let (precision, results) = try backend.use {
          ($0.precision, try product(left, right, rows, columns, depth, on: $0))
        }
        var (error, norm) = (0.0, 0.0)
        for row in 0..<rows {
          for column in 0..<columns {
            let exact = (0..<depth).reduce(0.0) {
              $0 + Double(left[row * depth + $1]) * Double(right[$1 * columns + column])
            }
            let difference = Double(results[row * columns + column]) - exact
            error += difference * difference
            norm += exact * exact
          }
        }
        let relative = (error / norm).squareRoot()
        let range: ClosedRange<Double> =
          switch precision {
          // One after the other, fp32 sums have 1e-6.
          case .fp32, .tf32x3: 0...3e-6
          case .tf32: 1e-5...1e-3
          case .bf16: 1e-5...5e-3
          }
        #expect(range.contains(relative), "\(relative) in \(precision)")
      }

      private func product<B: Backend>(
        _ left: [Float], _ right: [Float], _ rows: Int, _ columns: Int, _ depth: Int, on backend: B
      ) throws -> [Float] {
        let a = try backend.makeMatrix(left, rows: rows, columns: depth)
        let b = try backend.makeMatrix(right, rows: depth, columns: columns)
        let c = try backend.makeMatrix(rows: rows, columns: columns)
        try backend.perform(.matmul(a, b, into: c))
        return try backend.values(of: c)
      }

      @Test(arguments: TestBackend.otherPrecisions)
      func errorOfANetworkIsWithinItsBound(backend: TestBackend) throws {
        let network = NetworkDescription.classifier(
          inputs: 50, hidden: [40], activation: .relu, classes: 10, inputScaling: .signedUnit)
        let error = try backend.use {
          try ProductError(of: network.trainingProducts(batchSize: 32), on: $0)
        }
        #expect(error.largest > 0 && error.largest <= error.precision.errorBound)
      }
    }
  }

  @Suite struct TensorMatmulPlanTests {
    static let devices = (try? OpenCLDevice.all()) ?? []

    /// A device like an H100.
    static func planner(_ precision: Precision, _ cores: TensorCores?) -> MatmulPlanner {
      MatmulPlanner(
        shape: .gpu, computeUnits: 132, packs: false, localMemory: 43008, largestGroup: 1024,
        precision: precision, tensorCores: cores)
    }

    static let large = ProductShape(
      rows: 4096, columns: 4096, depth: 4096, transposesA: false, transposesB: false,
      epilogue: .activation)

    @Test(arguments: [Precision.tf32x3, .tf32, .bf16])
    func tensorCoresTakeAllButSmallProducts(precision: Precision) {
      let planner = Self.planner(precision, .ptx)
      #expect(planner.tensorMethod(for: Self.large)?.precision == precision)
      #expect(
        planner.tensorMethod(for: Self.large)?.groupShape.rows == (precision == .tf32 ? 256 : 128))
      for path in [\ProductShape.rows, \.columns, \.depth] {
        var small = Self.large
        small[keyPath: path] = 10
        #expect(planner.tensorMethod(for: small) == nil)
      }
      #expect(Self.planner(precision, nil).tensorMethod(for: Self.large) == nil)
      #expect(Self.planner(.fp32, .ptx).tensorMethod(for: Self.large) == nil)
    }

    /// Nothing is computed in less than was asked for.
    @Test func methodsOfOtherPrecisionsAreNotUsed() {
      let methods = Precision.allCases.flatMap {
        MatmulMethod.tensorCandidates(for: Self.large, in: $0)
      }
      for asked in Precision.allCases {
        let usable = MatmulMethod.candidates(for: Self.large, on: .gpu, in: asked)
        #expect(usable.allSatisfy { $0.precision == .fp32 || $0.precision == asked })
      }
      #expect(methods.count > 10)
      for method in methods { #expect(MatmulMethod(name: method.name) == method) }
    }

    @Test(arguments: devices.filter { $0.tensorCores == nil }.map(\.description.selector))
    func devicesWithoutTensorCoresRefuse(selector: String) throws {
      let device = try OpenCLDevice.select(selector)
      var options = OpenCLOptions.isolated
      options.precision = .tf32
      let error = #expect(throws: BackendError.self) {
        try OpenCLBackend(device, options: options)
      }
      #expect(
        error?.description == "\(selector) (\(device.description.name)) computes in fp32; "
          + "tf32 needs an NVIDIA GPU of compute capability 8.0 or later")
    }

    /// A training in other precisions: its lists go by launches, and small products stay fp32.
    @Test(arguments: [Precision.tf32x3, .bf16])
    func trainingsGoByLaunches(precision: Precision) throws {
      guard let device = Self.devices.first else { return }
      var options = OpenCLOptions.isolated
      (options.precision, options.emulatesTensorCores) = (precision, true)
      let backend = try OpenCLBackend(device, shape: .gpu, options: options)
      let plain = try OpenCLBackend(device, shape: .gpu)
      let runs = try [plain, backend].map { try TrainingTests.train(on: $0, epochs: 1) }
      let difference = abs(runs[0].losses[0] - runs[1].losses[0])
      #expect(difference < (precision == .bf16 ? 1e-2 : 1e-5))
      #expect(runs[0].parameters != runs[1].parameters)
      let methods = try stages(on: backend).map(\.method)
      #expect(methods.contains { $0.hasPrefix("tensor ") && $0.contains("\(precision)") })
      #expect(methods.contains { $0.hasSuffix(" in fp32") })
    }

    private func stages(on backend: OpenCLBackend) throws -> [PreparedStage] {
      let description = TrainingTests.description
      let values = NetworkParameters(for: description, initialization: .pyTorch, seed: 3)
      return try Trainer(
        Network(description, values: values, on: backend), dataset: TrainingTests.dataset,
        options: TrainingOptions(batchSize: 72, epochs: 1, rule: .sgd(learningRate: 0.1), seed: 3)
      ).explanation.stages
    }
  }
#endif
