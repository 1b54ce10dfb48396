import Lamina
import LaminaReference
import Support
import Testing

@testable import LaminaCheck

extension OperationTests {
  /// Every method for products where planners would choose another.
  @Suite struct MatmulMethodTests {
    @Test(arguments: TestBackend.methods)
    func productsAreExact(backend: TestBackend) throws {
      try CheckGroup.products.check(on: backend)
    }

    struct Repeated: CheckedUse {
      func results<B: Backend>(on backend: B) throws -> [[Float]] {
        let a = try backend.makeMatrix(
          DesignedData.uniform(70 * 500, bound: 1, seed: 1), rows: 70, columns: 500)
        let b = try backend.makeMatrix(
          DesignedData.uniform(500 * 40, bound: 1, seed: 2), rows: 500, columns: 40)
        let c = try backend.makeMatrix(rows: 70, columns: 40)
        return try (0..<3).map { _ in
          try backend.perform(.matmul(a, b, into: c))
          return try backend.values(of: c)
        }
      }
    }

    @Test(arguments: TestBackend.methods)
    func sumsHaveTheSameBitsEachTime(backend: TestBackend) throws {
      let results = try backend.use { try Repeated().results(on: $0) }
      #expect(results[0] == results[1] && results[1] == results[2])
      let expected = try Repeated().results(on: ReferenceBackend())
      expectClose(results[0], expected[0], .sum(of: 500), "sums of 500 terms on \(backend)")
    }
  }
}
