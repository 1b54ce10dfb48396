import Lamina

/// Maxout forward and backward.
struct ApplyMaxout: CheckedUse {
  let rows, columns, pieces: Int
  /// The input; nil for whole numbers with many ties.
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
    let prepared = try backend.prepare([
      .maxout(input.matrix, into: output.matrix),
      .maxoutDelta(delta.matrix, input: input.matrix, into: inputDelta.matrix),
    ])
    try backend.run(prepared, with: StepArguments())
    return try [input, output, delta, inputDelta].map { try $0.values() }
  }
}
