import Lamina
import Support
import Testing

extension OperationTests {
  @Suite struct AddTests {
    struct Add: Operation {
      let rows, columns: Int
      /// Where the sum goes: to memory of its own, or over the first or the second addend.
      let target: Int

      func results<B: Backend>(on backend: B) throws -> [[Float]] {
        let matrices = try (0..<3).map { number in
          try Guarded(
            backend, rows: rows, columns: columns, stride: columns + 3 * number,
            values: DesignedData.uniform(rows * columns, bound: 2, seed: 71 + UInt64(number)))
        }
        try backend.add(matrices[0].matrix, matrices[1].matrix, into: matrices[target].matrix)
        return try matrices.map { try $0.values() }
      }
    }

    @Test(arguments: TestBackend.all, [(1, 1), (7, 13), (64, 128), (33, 65)])
    func adds(backend: TestBackend, shape: (Int, Int)) throws {
      for target in 0..<3 {
        try Add(rows: shape.0, columns: shape.1, target: target).check(on: backend, .exact)
      }
    }
  }
}
