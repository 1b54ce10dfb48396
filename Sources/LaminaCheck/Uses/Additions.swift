import Lamina

/// The sum of two matrices.
struct AddMatrices: CheckedUse {
  let rows, columns: Int
  /// The destination: separate memory, or the memory of the first or the second addend.
  let target: Int

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let matrices = try (0..<3).map { number in
      try Guarded(
        backend, rows: rows, columns: columns, stride: columns + 3 * number,
        values: DesignedData.uniform(rows * columns, bound: 2, seed: 71 + UInt64(number)))
    }
    try backend.perform(.add(matrices[0].matrix, matrices[1].matrix, into: matrices[target].matrix))
    return try matrices.map { try $0.values() }
  }
}
