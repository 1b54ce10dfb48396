import Lamina
import Support
import Testing

@testable import LaminaCheck

extension OperationTests {
  @Suite struct ClipNormTests {
    @Test(arguments: TestBackend.all)
    func zerosStayZero(backend: TestBackend) throws {
      let zeros = ClipNorm(values: [Float](repeating: 0, count: 40), sums: 2, limit: 1)
      let results = try backend.use { try zeros.results(on: $0) }
      #expect(results == [zeros.values])
    }
  }
}
