#if OpenCL
  import Lamina
  import Testing

  @testable import LaminaOpenCL

  /// The methods for GPUs, by rule alone: no device is asked.
  @Suite struct MatmulPlannerTests {
    private static func planner(units: Int, largestGroup: Int = 1024) -> MatmulPlanner {
      MatmulPlanner(
        shape: .gpu, computeUnits: units, packs: false, localMemory: 48 << 10,
        largestGroup: largestGroup)
    }

    private static func shape(
      _ rows: Int, _ columns: Int, _ depth: Int, a: Bool = false, b: Bool = false
    ) -> ProductShape {
      ProductShape(
        rows: rows, columns: columns, depth: depth, transposesA: a, transposesB: b,
        epilogue: .plain)
    }

    /// The products of a training step of a dense layer.
    private static func layer(_ batch: Int, _ inputs: Int, _ outputs: Int) -> [ProductShape] {
      [
        shape(batch, outputs, inputs), shape(batch, inputs, outputs, b: true),
        shape(inputs, outputs, batch, a: true),
      ]
    }

    private static func groups(_ method: MatmulMethod, _ product: ProductShape) -> Int {
      switch method {
      case .tiled(let tile, let parts):
        tile.count(rows: product.rows, columns: product.columns) * parts
      case .lanes(let rows, let vectors, _):
        product.rows.divided(by: rows) * product.columns.divided(by: 4 * vectors)
      default: 0
      }
    }

    @Test(arguments: [32, 64, 128], [16, 60, 132])
    func tenClassesDoNotRunAsAFewGroups(batch: Int, units: Int) {
      for product in Self.layer(batch, 64, 10) where product.columns == 10 {
        let method = Self.planner(units: units).gpuMethod(for: product)
        #expect(Self.groups(method, product) >= min(16, units), "\(product): \(method)")
      }
    }

    @Test func aRowRunsAsManyGroups() {
      for product in [Self.shape(1, 1024, 784), Self.shape(1, 784, 1024, b: true)] {
        let method = Self.planner(units: 132).gpuMethod(for: product)
        #expect(Self.groups(method, product) >= 49, "\(product): \(method)")
      }
    }

    @Test(arguments: [(64, 784, 128), (64, 128, 64), (64, 64, 10), (32, 784, 16), (32, 16, 10)])
    func smallLayersTakeOneLaunchAProduct(batch: Int, inputs: Int, outputs: Int) {
      for product in Self.layer(batch, inputs, outputs) {
        switch Self.planner(units: 132).gpuMethod(for: product) {
        case .lanes, .tiled(_, parts: 1): break
        case let method: Issue.record("\(product): \(method)")
        }
      }
    }

    @Test func wideLayersTakeTiles() {
      for product in Self.layer(512, 1024, 1024) {
        guard case .tiled(let tile, _) = Self.planner(units: 132).gpuMethod(for: product) else {
          Issue.record("\(product)")
          continue
        }
        #expect(tile.columns >= 64)
      }
    }

    @Test(arguments: [true, false])
    func processorsPackTransposedMatricesOfFewTermsAndLargeOnes(packs: Bool) {
      let planner = MatmulPlanner(
        shape: .cpu, computeUnits: 2, packs: packs, localMemory: 1 << 20, largestGroup: 4096)
      func tiles(_ product: ProductShape) -> Int? {
        guard case .packed(_, _, let tiles, _) = planner.transposedTile(product) else { return nil }
        return tiles
      }
      #expect(tiles(Self.shape(512, 1024, 10, b: true)) == 16)
      #expect(tiles(Self.shape(64, 64, 10, b: true)) == 5, "work for both units")
      #expect(tiles(Self.shape(32, 16, 10, b: true)) == nil)
      #expect(tiles(Self.shape(512, 1024, 1024, b: true)) == nil)
      #expect(tiles(Self.shape(512, 4096, 4096, b: true)) == 32)
    }

    @Test func aLongSumForFewTilesIsCutIntoParts() {
      for depth in [8192, 60000] {
        let method = Self.planner(units: 132).gpuMethod(for: Self.shape(256, 128, depth, a: true))
        guard case .tiled(_, let parts) = method else {
          Issue.record("\(method)")
          continue
        }
        #expect(parts > 1)
      }
    }

    /// Their sums would take gigabytes.
    @Test func manyTilesAreNotCutIntoManyParts() {
      let product = Self.shape(4096, 4096, 4096)
      for case .tiled(let tile, let parts) in MatmulMethod.gpuCandidates(for: product) {
        #expect(parts == 1 || parts * tile.count(rows: 4096, columns: 4096) <= 4096, "\(tile.name)")
      }
      #expect(
        MatmulMethod.gpuCandidates(for: Self.shape(64, 64, 4096)).contains {
          if case .tiled(_, parts: 32) = $0 { true } else { false }
        })
    }

    /// CLBlast takes its part where no group of ours fits.
    @Test func tilesThatDoNotFitAreNotChosen() {
      let product = Self.shape(1024, 1024, 1024)
      var planner = Self.planner(units: 132)
      for bytes in [48 << 10, 32 << 10, 20 << 10, 17 << 10, 16 << 10, 1 << 10] {
        planner.localMemory = bytes
        let method = planner.gpuMethod(for: product)
        #expect(method != .clblast && method.localBytes <= bytes, "\(method)")
      }
      planner.localMemory = 0
      #expect(planner.gpuMethod(for: product) == .clblast)
    }

    @Test func groupsThatDoNotFitAreNotChosen() {
      let products = Self.layer(64, 784, 128) + Self.layer(512, 1024, 1024) + Self.layer(1, 10, 10)
      for largestGroup in [1, 63, 64, 128, 256] {
        for product in products {
          let planner = Self.planner(units: 132, largestGroup: largestGroup)
          #expect(planner.gpuMethod(for: product).groupSize <= largestGroup)
        }
      }
    }

    @Test func everyChoiceSupportsItsProduct() {
      for units in [1, 7, 24, 132, 512] {
        for (rows, columns, depth) in [(1, 1, 1), (64, 10, 64), (784, 128, 64), (5000, 16, 999)] {
          for (a, b) in [(false, false), (true, false), (false, true), (true, true)] {
            let product = Self.shape(rows, columns, depth, a: a, b: b)
            let method = Self.planner(units: units).gpuMethod(for: product)
            if case .lanes(let rows, let vectors, let lanes) = method {
              let tile = LaneTile(rows: rows, vectors: vectors, lanes: lanes)
              #expect(tile.isValid(transposesA: a), "\(product): \(method)")
            }
            #expect(method.localBytes <= 48 << 10, "\(product): \(method)")
          }
        }
      }
    }
  }
#endif
