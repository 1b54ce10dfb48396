import Lamina
import Support
import Testing

extension OperationTests {
  @Suite struct DropoutTests {
    struct Drop: Operation {
      let rows, columns: Int
      var rate: Float = 0.5
      var seed: UInt64 = 0x1234_5678_9ABC_DEF0
      var steps = [1, 2, 3_000_000_000]
      var rowOffset = 0
      var adding = false
      var isInPlace = false
      var input: [Float]?

      func results<B: Backend>(on backend: B) throws -> [[Float]] {
        let stride = MatrixLayout.stride(columns: columns)
        let input = try Guarded(
          backend, rows: rows, columns: columns, stride: stride,
          values: self.input ?? DesignedData.integers(rows * columns, seed: 91))
        let output = try Guarded(
          backend, rows: rows, columns: columns, stride: stride,
          values: DesignedData.integers(rows * columns, seed: 92))
        let mask = DropoutMask(rate: rate, seed: seed, stream: 3 << 32 | 5)
        let target = isInPlace ? input : output
        let prepared = try backend.prepare { () throws(BackendError) in
          try backend.dropout(input.matrix, mask, into: target.matrix, adding: adding)
        }
        return try steps.map { step in
          try backend.run(prepared, with: StepArguments(step: step, rowOffset: rowOffset))
          return try target.values()
        } + [try input.values()]
      }
    }

    static let shapes = [(1, 1), (3, 4), (7, 13), (300, 128), (33, 65)]

    /// Bit for bit: factors are powers of two.
    @Test(arguments: TestBackend.all, shapes)
    func everyBackendDropsTheSame(backend: TestBackend, shape: (Int, Int)) throws {
      for rate: Float in [0.5, 0.75] {
        for (offset, adding) in [(0, false), (1000, true)] {
          try Drop(
            rows: shape.0, columns: shape.1, rate: rate, rowOffset: offset, adding: adding
          ).check(on: backend, .exact)
        }
      }
      if shape.0 > 1 {
        try Drop(rows: shape.0, columns: shape.1, steps: [9], isInPlace: true)
          .check(on: backend, .exact)
      }
    }

    @Test(arguments: TestBackend.all)
    func anyRateKeepsTheMean(backend: TestBackend) throws {
      for rate: Float in [0.1, 0.9, 0.999] {
        try Drop(rows: 50, columns: 100, rate: rate).check(
          on: backend, Tolerance(relative: 1e-6, because: "1 / (1 - rate) is rounded"))
        let results = try backend.use {
          try Drop(
            rows: 500, columns: 200, rate: rate, input: [Float](repeating: 1, count: 100_000)
          ).results(on: $0)
        }
        let mean = results[0].reduce(0) { $0 + Double($1) } / 100_000
        // Four standard errors.
        let error = (Double(rate) / (1 - Double(rate)) / 100_000).squareRoot()
        #expect(abs(mean - 1) < 4 * error)
      }
    }

    /// Steps, rows of a batch taken in parts, and seeds differ; the same ones agree.
    @Test func masksDifferButComeBack() throws {
      func mask(
        step: Int = 1, offset: Int = 0, seed: UInt64 = 1, rows: Int = 8
      ) throws -> [Float] {
        try Drop(
          rows: rows, columns: 40, seed: seed, steps: [step], rowOffset: offset,
          input: [Float](repeating: 1, count: rows * 40)
        ).results(on: ReferenceBackend())[0]
      }
      let first = try mask()
      #expect(try first == mask())
      #expect(try first != mask(step: 2))
      #expect(try first != mask(seed: 2))
      let next = try mask(offset: 8)
      #expect(first != next)
      #expect(try first + next == mask(rows: 16))
    }

    @Test(arguments: TestBackend.all)
    func whatIsDroppedIsZeroEvenWhereItWasNoNumber(backend: TestBackend) throws {
      let results = try backend.use {
        try Drop(
          rows: 8, columns: 40, steps: [1], input: [Float](repeating: .nan, count: 320)
        ).results(on: $0)[0]
      }
      #expect(results.contains(0))
      #expect(results.contains { $0.isNaN })
      try Drop(rows: 8, columns: 40, input: [Float](repeating: .nan, count: 320))
        .check(on: backend, .exact)
    }
  }
}
