import Lamina
import Support
import Testing

extension OperationTests {
  @Suite struct KernelFunctionTests {
    struct Apply: Operation {
      let function: KernelFunction
      let rows, columns: Int
      let stride: Int
      let products: [Float]
      /// All squares are this one.
      let square: Float

      func results<B: Backend>(on backend: B) throws -> [[Float]] {
        let squares = try [rows, columns].enumerated().map { number, count in
          try Guarded(
            backend, rows: 1, columns: count,
            values: (0..<count).map { square + Float(($0 + number) % 3) })
        }
        let matrix = try Guarded(
          backend, rows: rows, columns: columns, stride: stride, values: products)
        try backend.kernelFunction(
          function, rowSquares: squares[0].vector, columnSquares: squares[1].vector,
          on: matrix.matrix)
        return [try matrix.values()] + (try squares.map { try $0.values() })
      }
    }

    static let functions: [KernelFunction] = [
      .linear, .polynomial(degree: 1, gamma: 0.5, coef0: 0),
      .polynomial(degree: 3, gamma: 0.25, coef0: 0), .polynomial(degree: 6, gamma: 0.5, coef0: 1.5),
      .rbf(gamma: 0.25), .rbf(gamma: 2), .sigmoid(gamma: 0.5, coef0: 0),
      .sigmoid(gamma: 0.125, coef0: -0.75),
    ]
    /// Exponents reach 60, where one rounding of 2⁻²⁴ moves a power of e by 60 · 2⁻²⁴.
    static let tolerance = Tolerance(
      relative: 6e-6, absolute: 2e-38,
      because: "rounding of the exponent, then of 3 multiplications; subnormals are zero")

    @Test(arguments: TestBackend.all, functions)
    func turnsProductsIntoValues(backend: TestBackend, function: KernelFunction) throws {
      for (rows, columns) in [(1, 1), (1, 17), (7, 13), (64, 128), (33, 65)] {
        for stride in [columns, MatrixLayout.stride(columns: columns)] {
          try Apply(
            function: function, rows: rows, columns: columns, stride: stride,
            products: DesignedData.integers(rows * columns, seed: 51), square: 6
          ).check(on: backend, Self.tolerance)
        }
      }
    }

    /// Rows that are the same have the distance 0, and rounding may take it below.
    @Test(arguments: TestBackend.all)
    func distancesAreNeverNegative(backend: TestBackend) throws {
      try Apply(
        function: .rbf(gamma: 4), rows: 3, columns: 3, stride: 16,
        products: (0..<9).map { 7 + Float($0) }, square: 6
      ).check(on: backend, Self.tolerance)
    }

    @Test(arguments: TestBackend.all, functions)
    func extremesGiveLimits(backend: TestBackend, function: KernelFunction) throws {
      let values = DesignedData.extremes()
      try Apply(
        function: function, rows: 1, columns: values.count, stride: values.count, products: values,
        square: 6
      ).check(on: backend, Self.tolerance)
    }
  }

  @Test(arguments: [
    (KernelFunction.polynomial(degree: 0, gamma: 1, coef0: 0), "the degree of the kernel is 0"),
    (.polynomial(degree: 3, gamma: 0, coef0: 0), "gamma of the kernel is 0.0"),
    (.rbf(gamma: .nan), "gamma of the kernel is nan"),
    (.rbf(gamma: -1), "gamma of the kernel is -1.0"),
    (.sigmoid(gamma: 1, coef0: .infinity), "coef0 of the kernel is inf"),
  ])
  func refusesKernelsThatMakeNoSense(_ function: KernelFunction, _ text: String) {
    #expect {
      try function.validate()
    } throws: {
      "\($0)".hasPrefix(text)
    }
  }
}
