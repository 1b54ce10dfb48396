import Lamina
import Support
import Testing

extension OperationTests {
  @Suite struct ActivationTests {
    /// Two units in the last place, but for what is put together of several functions.
    static func tolerance(_ activation: Activation) -> Tolerance {
      switch activation {
      case .gelu:
        Tolerance(
          relative: 1e-6, absolute: 1e-6,
          because: "erfc multiplies the rounding of its argument by the square of that")
      case .scaledLogistic:
        Tolerance(
          relative: 1e-5, absolute: 1e-34, because: "exp multiplies the rounding of its argument")
      case .softplus, .silu, .elu:
        Tolerance(
          relative: 1e-6, absolute: 1e-34,
          because: "two functions, one of the other; exp(88) is the end of floats")
      default:
        Tolerance(
          relative: 2.4e-7, absolute: 2e-38,
          because: "2 units in the last place, subnormals are zero")
      }
    }

    struct Apply: Operation {
      let activation: Activation
      let rows, columns: Int
      let values: [Float]
      let bias: [Float]

      func results<B: Backend>(on backend: B) throws -> [[Float]] {
        let bias = try backend.makeVector(bias)
        let y = try Guarded(
          backend, rows: rows, columns: columns, stride: columns, values: values)
        try backend.activation(activation, of: y.matrix, bias: bias, into: y.matrix)
        let padded = try backend.makeMatrix(values, rows: rows, columns: columns)
        try backend.activation(activation, of: padded, bias: bias, into: padded)
        return [try y.values(), try backend.values(of: padded)]
      }
    }

    static let shapes = [(1, 1), (1, 10), (7, 13), (64, 10), (64, 128), (33, 65)]

    @Test(arguments: TestBackend.all, Activation.elementwise)
    func addsBiasAndApplies(backend: TestBackend, activation: Activation) throws {
      for (rows, columns) in Self.shapes {
        for bound: Float in [0.01, 1, 10, 60] {
          try Apply(
            activation: activation, rows: rows, columns: columns,
            values: DesignedData.uniform(rows * columns, bound: bound, seed: 9),
            bias: [Float](repeating: 0, count: columns)
          ).check(on: backend, Self.tolerance(activation))
          // Whole numbers, so that the sum is exact.
          try Apply(
            activation: activation, rows: rows, columns: columns,
            values: DesignedData.integers(rows * columns, seed: 10),
            bias: (0..<columns).map { Float($0 % 5 + 1) }
          ).check(on: backend, Self.tolerance(activation))
        }
      }
    }

    @Test(arguments: TestBackend.all, Activation.elementwise)
    func extremesGiveLimits(backend: TestBackend, activation: Activation) throws {
      let values = DesignedData.extremes()
      try Apply(
        activation: activation, rows: 1, columns: values.count, values: values,
        bias: [Float](repeating: 0, count: values.count)
      ).check(on: backend, Self.tolerance(activation))
    }

    struct Delta: Operation {
      let activation: Activation
      let rows, columns: Int

      func results<B: Backend>(on backend: B) throws -> [[Float]] {
        let outputs = DesignedData.uniform(rows * columns, bound: 1, seed: 11)
        let output = try Guarded(
          backend, rows: rows, columns: columns, stride: columns, values: outputs)
        let delta = try Guarded(
          backend, rows: rows, columns: columns, stride: columns,
          values: DesignedData.uniform(rows * columns, bound: 3, seed: 12))
        try backend.activationDelta(activation, saved: output.matrix, on: delta.matrix)
        return [try output.values(), try delta.values()]
      }
    }

    @Test(arguments: TestBackend.all, Activation.elementwise)
    func deltaIsMultipliedByTheDerivative(backend: TestBackend, activation: Activation) throws {
      for (rows, columns) in Self.shapes {
        try Delta(activation: activation, rows: rows, columns: columns).check(
          on: backend,
          Tolerance(
            relative: 4e-7, absolute: 4e-7, because: "three roundings; 1 - f² cancels near 1"))
      }
    }
  }
}
