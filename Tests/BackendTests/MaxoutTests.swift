import Lamina
import Support
import Testing

extension OperationTests {
  @Suite struct MaxoutTests {
    struct Maxout: Operation {
      let rows, columns, pieces: Int
      /// Whole numbers, with many ties, unless given.
      var input: [Float]?

      func results<B: Backend>(on backend: B) throws -> [[Float]] {
        func matrix(_ columns: Int, _ values: [Float]) throws -> Guarded<B> {
          try Guarded(
            backend, rows: rows, columns: columns, stride: MatrixLayout.stride(columns: columns),
            values: values)
        }
        let count = rows * columns * pieces
        let input = try matrix(
          columns * pieces, self.input ?? DesignedData.integers(count, seed: 95))
        let output = try matrix(columns, DesignedData.integers(rows * columns, seed: 96))
        let delta = try matrix(columns, DesignedData.integers(rows * columns, seed: 97))
        let inputDelta = try matrix(columns * pieces, [Float](repeating: .nan, count: count))
        let prepared = try backend.prepare { () throws(BackendError) in
          try backend.maxout(input.matrix, into: output.matrix)
          try backend.maxoutDelta(delta.matrix, input: input.matrix, into: inputDelta.matrix)
        }
        try backend.run(prepared, with: StepArguments())
        return try [input, output, delta, inputDelta].map { try $0.values() }
      }
    }

    @Test(
      arguments: TestBackend.all, [(1, 1, 2), (3, 5, 3), (7, 16, 2), (33, 17, 4), (500, 100, 4)])
    func theLargestPieceWins(backend: TestBackend, shape: (Int, Int, Int)) throws {
      try Maxout(rows: shape.0, columns: shape.1, pieces: shape.2).check(on: backend, .exact)
    }

    /// The first among equals has the whole delta; infinities and NaN pass.
    @Test(arguments: TestBackend.all)
    func tiesAndSpecialNumbers(backend: TestBackend) throws {
      let rows: [[Float]] = [
        [1, 1, 1], [2, 1, 2], [-.infinity, 0, .infinity], [-.infinity, -.infinity, -.infinity],
        [.nan, 1, 2], [1, .nan, 2], [1, 2, .nan], [0, -0.0, -1],
      ]
      try Maxout(rows: rows.count, columns: 1, pieces: 3, input: rows.flatMap { $0 })
        .check(on: backend, .exact)
      let results = try backend.use {
        try Maxout(rows: 2, columns: 1, pieces: 3, input: [1, 1, 1, 0, 2, 2]).results(on: $0)
      }
      #expect(results[1] == [1, 2])
      #expect(results[3].map { $0 != 0 } == [true, false, false, false, true, false])
    }
  }
}
