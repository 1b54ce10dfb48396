import Lamina
import Support
import Testing

@testable import LaminaCheck

extension OperationTests {
  @Suite struct NormalizationTests {
    /// A column without variance, and a batch of one: `x̂` is exactly 0, so the shift comes out, and
    /// the running variance takes up 0, or, of one row, nothing.
    @Test(arguments: TestBackend.all, [1, 2, 7, 100])
    func equalNumbersAreNormalizedToExactlyZero(backend: TestBackend, rows: Int) throws {
      let results = try backend.use {
        try NormalizeBatch(rows: rows, columns: 20, content: .constant, beta: 0, adding: false)
          .results(on: $0)
      }
      let (shift, output) = (results[4], results[13])
      #expect(output == (0..<rows).flatMap { _ in shift })
      #expect(results[12] == [Float](repeating: rows == 1 ? 2 : 1.5, count: 20))
      let byRows = try backend.use {
        try NormalizeRows(rows: rows, columns: 20, content: .constant, beta: 0, adding: false)
          .results(on: $0)
      }
      #expect(byRows[11] == (0..<rows).flatMap { _ in byRows[4] })
    }
  }
}
