import Lamina
import Support
import Testing

@testable import LaminaCheck

extension OperationTests {
  @Suite struct MaxoutTests {
    @Test(arguments: TestBackend.all)
    func theFirstAmongEqualsHasTheWholeDelta(backend: TestBackend) throws {
      let results = try backend.use {
        try ApplyMaxout(rows: 2, columns: 1, pieces: 3, input: [1, 1, 1, 0, 2, 2]).results(on: $0)
      }
      #expect(results[1] == [1, 2])
      #expect(results[3].map { $0 != 0 } == [true, false, false, false, true, false])
    }
  }
}
