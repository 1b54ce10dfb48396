import Lamina
import Support
import Testing

extension OperationTests {
  @Suite struct SoftmaxTests {
    struct Apply: Operation {
      let isLogarithmic: Bool
      let rows, columns: Int
      let values: [Float]

      func results<B: Backend>(on backend: B) throws -> [[Float]] {
        let input = try Guarded(
          backend, rows: rows, columns: columns, stride: columns, values: values)
        let output = try Guarded(
          backend, rows: rows, columns: columns,
          stride: MatrixLayout.stride(columns: columns),
          values: [Float](repeating: .nan, count: rows * columns))
        try backend.softmax(of: input.matrix, isLogarithmic: isLogarithmic, into: output.matrix)
        try backend.softmax(of: input.matrix, isLogarithmic: isLogarithmic, into: input.matrix)
        return [try output.values(), try input.values()]
      }
    }

    static let tolerance = Tolerance(
      relative: 2e-6, absolute: 2e-6, because: "exp, log and a sum of all columns")
    static let shapes = [(1, 2), (1, 10), (7, 13), (64, 10), (5, 16), (33, 100), (3, 1000)]

    @Test(arguments: TestBackend.all, [false, true])
    func softmax(backend: TestBackend, isLogarithmic: Bool) throws {
      for (rows, columns) in Self.shapes {
        for bound: Float in [0.1, 5, 80] {
          try Apply(
            isLogarithmic: isLogarithmic, rows: rows, columns: columns,
            values: DesignedData.uniform(rows * columns, bound: bound, seed: 31)
          ).check(on: backend, Self.tolerance)
        }
      }
    }

    @Test(arguments: TestBackend.all, [false, true])
    func extremesStayFinite(backend: TestBackend, isLogarithmic: Bool) throws {
      let rows: [[Float]] = [[1e4, -1e4, 0], [1e4, 1e4, 1e4], [0, 0, 0], [-1e30, -1e30, 1e30]]
      let apply = Apply(
        isLogarithmic: isLogarithmic, rows: rows.count, columns: 3, values: rows.flatMap(\.self))
      try apply.check(on: backend, Self.tolerance)
    }

    struct Delta: Operation {
      let isLogarithmic: Bool
      let rows, columns: Int

      func results<B: Backend>(on backend: B) throws -> [[Float]] {
        let probability = DesignedData.uniform(rows * columns, bound: 1, seed: 32).map {
          isLogarithmic ? min(0, 3 * $0) : max(0, $0) / Float(columns)
        }
        let outputs = try Guarded(
          backend, rows: rows, columns: columns, stride: columns, values: probability)
        let delta = try Guarded(
          backend, rows: rows, columns: columns,
          stride: MatrixLayout.stride(columns: columns),
          values: DesignedData.uniform(rows * columns, bound: 1, seed: 33))
        try backend.softmaxDelta(
          outputs: outputs.matrix, isLogarithmic: isLogarithmic, on: delta.matrix)
        return [try outputs.values(), try delta.values()]
      }
    }

    /// Against the whole Jacobian.
    @Test(arguments: TestBackend.all, [false, true])
    func delta(backend: TestBackend, isLogarithmic: Bool) throws {
      for (rows, columns) in Self.shapes {
        try Delta(isLogarithmic: isLogarithmic, rows: rows, columns: columns).check(
          on: backend,
          Tolerance(
            relative: 2e-6, absolute: 2e-7 * Double(columns),
            because: "a sum of all columns, whose roundings add up"))
      }
    }
  }
}
