import Lamina
import LaminaReference
import Support
import Testing

@testable import LaminaCheck

extension OperationTests {
  @Suite struct DropoutTests {
    @Test(arguments: TestBackend.all)
    func anyRateKeepsTheMean(backend: TestBackend) throws {
      for rate: Float in [0.1, 0.9, 0.999] {
        let results = try backend.use {
          try DropNumbers(
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
        try DropNumbers(
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
        try DropNumbers(
          rows: 8, columns: 40, steps: [1], input: [Float](repeating: .nan, count: 320)
        ).results(on: $0)[0]
      }
      #expect(results.contains(0))
      #expect(results.contains { $0.isNaN })
    }
  }
}
