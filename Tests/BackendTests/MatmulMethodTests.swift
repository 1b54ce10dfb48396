import Lamina
import Support
import Testing

extension OperationTests {
  /// Every method for products where planners would choose another.
  ///
  /// Each combination is compiled once, and that is what takes the time: one activation stands for
  /// all, since epilogues do not know by whom they are used.
  @Suite struct MatmulMethodTests {
    typealias Product = MatmulTests.Matmul
    typealias Shape = MatmulTests.Shape
    typealias Layer = DenseTests.Shape

    /// Multiples of each tile, of slices and of lanes, and their neighbours.
    static let shapes =
      MatmulTests.shapes + [
        Shape(rows: 128, columns: 128, depth: 8), Shape(rows: 129, columns: 131, depth: 9),
        Shape(rows: 4, columns: 16, depth: 256), Shape(rows: 5, columns: 18, depth: 260),
        Shape(rows: 1, columns: 150, depth: 300), Shape(rows: 63, columns: 63, depth: 48),
        Shape(rows: 97, columns: 66, depth: 1026),
      ]
    static let layers =
      DenseTests.shapes + [
        Layer(batch: 130, inputs: 129, outputs: 140), Layer(batch: 1, inputs: 300, outputs: 70),
        Layer(batch: 128, inputs: 128, outputs: 16),
      ]

    @Test(arguments: TestBackend.methods)
    func productOfWholeNumbersIsExact(backend: TestBackend) throws {
      for shape in Self.shapes {
        for (a, b) in [(false, false), (true, false), (false, true), (true, true)] {
          try Product(shape: shape, transposesA: a, transposesB: b, isPadded: true)
            .check(on: backend, .exact)
          // Without padding, loads differ, each of which one of these has.
          if a == b {
            try Product(shape: shape, transposesA: a, transposesB: b).check(on: backend, .exact)
          }
        }
        try Product(shape: shape, isPadded: true, alpha: 2, beta: 0.5).check(on: backend, .exact)
      }
    }

    @Test(arguments: TestBackend.methods)
    func layersAreExact(backend: TestBackend) throws {
      for layer in Self.layers {
        try DenseTests.Forward(shape: layer, activation: .relu).check(on: backend, .exact)
        try DenseTests.Backward(shape: layer, activation: .relu).check(on: backend, .exact)
        for momentum: Float in [0, 0.5] {
          try DenseTests.Updates(shapes: [layer], momentum: momentum).check(on: backend, .exact)
        }
      }
    }

    @Test(arguments: TestBackend.methods)
    func sumsHaveTheSameBitsEachTime(backend: TestBackend) throws {
      struct Repeated: Operation {
        func results<B: Backend>(on backend: B) throws -> [[Float]] {
          let a = try backend.makeMatrix(
            DesignedData.uniform(70 * 500, bound: 1, seed: 1), rows: 70, columns: 500)
          let b = try backend.makeMatrix(
            DesignedData.uniform(500 * 40, bound: 1, seed: 2), rows: 500, columns: 40)
          let c = try backend.makeMatrix(rows: 70, columns: 40)
          return try (0..<3).map { _ in
            try backend.matmul(a, b, into: c)
            return try backend.values(of: c)
          }
        }
      }
      let results = try backend.use { try Repeated().results(on: $0) }
      #expect(results[0] == results[1] && results[1] == results[2])
      try Repeated().check(on: backend, .sum(of: 500))
    }
  }
}
