import Lamina
import Support
import Testing

extension OperationTests {
  @Suite struct ColumnSumsTests {
    struct ColumnSums: Operation {
      let rows, columns: Int
      let beta: Float

      func results<B: Backend>(on backend: B) throws -> [[Float]] {
        let matrix = try backend.makeMatrix(
          DesignedData.integers(rows * columns, seed: 13), rows: rows, columns: columns)
        let sums = try Guarded(
          backend, rows: 1, columns: columns,
          values: beta == 0
            ? [Float](repeating: .nan, count: columns)
            : DesignedData.integers(columns, seed: 14))
        try backend.columnSums(of: matrix, beta: beta, into: sums.vector)
        return [try sums.values()]
      }
    }

    @Test(arguments: TestBackend.all)
    func sumsOfWholeNumbersAreExact(backend: TestBackend) throws {
      for (rows, columns) in [(1, 1), (1, 31), (64, 10), (63, 17), (512, 129), (1000, 3)] {
        for beta: Float in [0, 1, 0.5] {
          try ColumnSums(rows: rows, columns: columns, beta: beta).check(on: backend, .exact)
        }
      }
    }
  }

  @Suite struct FillTests {
    struct Fill: Operation {
      let count: Int
      let value: Float

      func results<B: Backend>(on backend: B) throws -> [[Float]] {
        let vector = try Guarded(
          backend, rows: 1, columns: count, values: [Float](repeating: 1, count: count))
        try backend.fill(vector.vector, with: value)
        return [try vector.values()]
      }
    }

    @Test(arguments: TestBackend.all, [1, 15, 16, 17, 1000])
    func setsEveryElement(backend: TestBackend, count: Int) throws {
      for value: Float in [3.25, .infinity, .nan] {
        try Fill(count: count, value: value).check(on: backend, .exact)
      }
    }
  }

  @Suite struct UpdateTests {
    struct Update: Operation {
      let count: Int

      func results<B: Backend>(on backend: B) throws -> [[Float]] {
        let parameters = try Guarded(
          backend, rows: 1, columns: count, values: DesignedData.integers(count, seed: 15))
        let velocity = try Guarded(
          backend, rows: 1, columns: count, values: DesignedData.integers(count, seed: 16))
        let prepared = try backend.prepare { () throws(BackendError) in
          try backend.update(
            parameters.vector, velocity: velocity.vector, rule: SGD(learningRate: 0.5))
        }
        for factor: Float in [1, 0.25, 2] {
          try backend.run(prepared, with: StepArguments(learningRateFactor: factor))
        }
        return [try parameters.values(), try velocity.values()]
      }
    }

    @Test(arguments: TestBackend.all, [1, 15, 16, 17, 1000])
    func subtractsTheScaledVelocity(backend: TestBackend, count: Int) throws {
      try Update(count: count).check(on: backend, .exact)
    }
  }
}
