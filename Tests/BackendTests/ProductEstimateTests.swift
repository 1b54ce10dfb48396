#if OpenCL
  import Lamina
  import Testing

  @testable import LaminaOpenCL

  /// The estimated times of products on GPUs, for an H100, whose measured ones are known.
  @Suite struct ProductEstimateTests {
    private static let planner = MatmulPlanner(
      shape: .gpu, computeUnits: 132, packs: false, localMemory: 48 << 10, largestGroup: 1024,
      clock: 1980)

    private func best(
      _ product: ProductShape
    ) -> (method: MatmulMethod, time: ProductEstimate.Time) {
      Self.planner.rankedGPUMethods(for: product)[0]
    }

    private func teraflops(_ product: ProductShape, _ seconds: Double) -> Double {
      (product.operations / seconds / 1e11).rounded() / 10
    }

    private func time(_ product: ProductShape, by name: String) throws -> ProductEstimate.Time {
      let method = try #require(MatmulMethod(name: name))
      let estimate = ProductEstimate(product: product, rates: Self.planner.rates)
      return try #require(estimate.time(of: method))
    }

    /// The figures are those of `Benchmarks/README.md`.
    @Test(arguments: [
      ("plain 512x1024x1024", "tiled 64x64x4", 39.1),
      ("plain 512x1024x1024 nt", "tiled 64x64x4", 39.1),
      ("plain 512x1024x1024 tn", "tiled 64x64x4", 39.1),
      ("plain 784x1024x512 tn", "tiled 64x64x2", 30.3),
      ("plain 128x512x784", "tiled 64x64x2 in 8", 9.8),
      ("plain 1024x1024x1024", "tiled 64x64x2", 42.1),
      ("plain 4096x4096x4096", "tiled 128x256x1", 50.2),
    ])
    func productsHaveTheirPredictions(product: String, method: String, rate: Double) throws {
      let product = try #require(ProductShape(product))
      let (chosen, time) = best(product)
      #expect(chosen.name == method)
      #expect(teraflops(product, time.seconds) == rate)
    }

    /// All products of a step, which follow each other without gaps: hosts are ahead. In microseconds.
    @Test(arguments: [([784, 1024, 1024, 10], 512, 141.0), ([784, 4096, 4096, 10], 1024, 2445.0)])
    func networksHaveTheirPredictions(sizes: [Int], batch: Int, microseconds: Double) {
      let network = NetworkDescription.classifier(
        inputs: sizes[0], hidden: Array(sizes[1..<3]), activation: .relu, classes: sizes[3],
        inputScaling: .signedUnit)
      let products = ProductShape.products(
        of: network, batchSize: batch, evaluationRows: batch, hasOutputKernel: true
      )
      // The forward product of the last layer is an evaluation's.
      .filter { $0.epilogue != .activation || $0.columns != sizes[3] }
      #expect(products.count == 6)
      let busy = products.reduce(0) { $0 + best($1).time.busy }
      #expect((busy * 1e6).rounded() == microseconds)
    }

    /// The last round of groups takes as long with one as with one for each unit.
    @Test func wavesOfGroupsCount() throws {
      // 132 units take as long for 129 groups as for 128, and twice as long for 133.
      let rates = Self.planner.rates
      func cycles(_ groups: Int) -> Double {
        rates.cycles(groups: groups, resident: 1) { Double($0) * 100 }
      }
      #expect(cycles(128) == cycles(132) && cycles(133) == 2 * cycles(132))
      // Side by side, groups hide what each of them waits for.
      let hidden = rates.cycles(groups: 5 * 132, resident: 2) { Double($0) * 100 + 50 }
      #expect(hidden == 2 * 250 + 150)
    }

    /// What `lamina tune` measured: 1000 rows go by few large tiles in two parts nearly as fast as by any,
    /// and a launch that has too few groups is slower by as much as its units are idle.
    @Test func partsMakeWorkForAllUnits() throws {
      let product = try #require(ProductShape("plain 1000x1024x1024"))
      let whole = try time(product, by: "tiled 128x128x1")
      let parts = try time(product, by: "tiled 128x128x1 in 2")
      #expect(parts.seconds < 0.7 * whole.seconds)
      #expect(parts.seconds < 1.15 * best(product).time.seconds)
      // 512 rows have 128 tiles of 64 rows, so that a second launch would be for nothing.
      let half = try #require(ProductShape("plain 512x1024x1024"))
      #expect(try time(half, by: "tiled 64x64x4") < time(half, by: "tiled 64x64x4 in 2"))
    }

    /// Half the arithmetic, and what depends on other things is as before.
    @Test func otherUnitsTakeLonger() throws {
      let product = try #require(ProductShape("plain 4096x4096x4096"))
      var other = Self.planner
      other.isNVIDIA = false
      let ratio =
        other.rankedGPUMethods(for: product)[0].time.seconds / best(product).time.seconds
      #expect(ratio > 1.5 && ratio < 2)
    }

    /// Where hosts take longest, less work for the device decides.
    @Test func equalLaunchesAreOrderedByTheirWork() throws {
      let product = try #require(ProductShape("activation 64x10x64"))
      let ranked = Self.planner.rankedGPUMethods(for: product)
      #expect(ranked[0].time.seconds == ranked[1].time.seconds)
      #expect(ranked[0].time.busy <= ranked[1].time.busy)
      #expect(ranked.map(\.method) == Self.planner.rankedGPUMethods(for: product).map(\.method))
    }
  }
#endif
