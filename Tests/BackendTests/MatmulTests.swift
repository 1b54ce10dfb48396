import Lamina
import Support
import Testing

extension OperationTests {
  @Suite struct MatmulTests {
    struct Shape: Sendable, CustomTestStringConvertible {
      let rows, columns, depth: Int
      var testDescription: String { "\(rows)×\(columns)×\(depth)" }
    }

    /// 1, primes, multiples of tiles and their neighbours, and the shapes of real layers.
    static let shapes = [
      Shape(rows: 1, columns: 1, depth: 1), Shape(rows: 1, columns: 10, depth: 64),
      Shape(rows: 3, columns: 5, depth: 7), Shape(rows: 13, columns: 17, depth: 29),
      Shape(rows: 16, columns: 16, depth: 16), Shape(rows: 32, columns: 64, depth: 32),
      Shape(rows: 33, columns: 65, depth: 31), Shape(rows: 64, columns: 10, depth: 128),
      Shape(rows: 65, columns: 1, depth: 130), Shape(rows: 64, columns: 128, depth: 784),
      Shape(rows: 784, columns: 128, depth: 64), Shape(rows: 100, columns: 127, depth: 1),
      Shape(rows: 131, columns: 272, depth: 40), Shape(rows: 16, columns: 256, depth: 257),
    ]

    struct Matmul: Operation {
      let shape: Shape
      var transposesA = false
      var transposesB = false
      var isPadded = false
      var alpha: Float = 1
      var beta: Float = 0

      func results<B: Backend>(on backend: B) throws -> [[Float]] {
        func operand(_ rows: Int, _ columns: Int, _ transposed: Bool, _ seed: UInt64) throws
          -> Guarded<B>
        {
          let (rows, columns) = transposed ? (columns, rows) : (rows, columns)
          return try Guarded(
            backend, rows: rows, columns: columns, stride: stride(columns),
            values: DesignedData.integers(rows * columns, seed: seed))
        }
        let a = try operand(shape.rows, shape.depth, transposesA, 1)
        let b = try operand(shape.depth, shape.columns, transposesB, 2)
        // With beta 0 the old content must not matter, not even NaN.
        let old =
          beta == 0
          ? [Float](repeating: .nan, count: shape.rows * shape.columns)
          : DesignedData.integers(shape.rows * shape.columns, seed: 3)
        let c = try Guarded(
          backend, rows: shape.rows, columns: shape.columns, stride: stride(shape.columns),
          values: old)
        try backend.matmul(
          transposesA ? a.matrix.transposed : a.matrix,
          transposesB ? b.matrix.transposed : b.matrix, alpha: alpha, beta: beta, into: c.matrix)
        return [try a.values(), try b.values(), try c.values()]
      }

      private func stride(_ columns: Int) -> Int {
        isPadded ? MatrixLayout.stride(columns: columns) : columns
      }
    }

    @Test(arguments: TestBackend.all, shapes)
    func productOfWholeNumbersIsExact(backend: TestBackend, shape: Shape) throws {
      for isPadded in [false, true] {
        for (a, b) in [(false, false), (true, false), (false, true), (true, true)] {
          try Matmul(shape: shape, transposesA: a, transposesB: b, isPadded: isPadded)
            .check(on: backend, .exact)
        }
      }
    }

    @Test(arguments: TestBackend.all, shapes)
    func alphaAndBetaScale(backend: TestBackend, shape: Shape) throws {
      for transposesA in [false, true] {
        try Matmul(shape: shape, transposesA: transposesA, isPadded: true, alpha: 2, beta: 0.5)
          .check(on: backend, .exact)
      }
    }

    @Test(arguments: TestBackend.all)
    func notANumberAndInfinityComeThrough(backend: TestBackend) throws {
      struct Special: Operation {
        func results<B: Backend>(on backend: B) throws -> [[Float]] {
          var values = DesignedData.integers(20 * 48, seed: 4)
          (values[5], values[50], values[500]) = (.nan, .infinity, -.infinity)
          let a = try backend.makeMatrix(values, rows: 20, columns: 48)
          let b = try backend.makeMatrix(
            [Float](repeating: 1, count: 48 * 33), rows: 48, columns: 33)
          let c = try backend.makeMatrix(rows: 20, columns: 33)
          try backend.matmul(a, b, into: c)
          return [try backend.values(of: c)]
        }
      }
      try Special().check(on: backend, .exact)
    }
  }
}
