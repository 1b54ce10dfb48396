import Lamina

/// Maxout forward and backward.
struct ApplyMaxout: CheckedUse {
  let rows, columns, pieces: Int
  /// The input; nil for whole numbers with many ties.
  var input: [Float]?

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    func matrix(_ columns: Int, _ values: [Float]) throws -> Guarded<B> {
      try backend.guarded(values, rows: rows, columns: columns)
    }
    let count = rows * columns * pieces
    let input = try matrix(columns * pieces, self.input ?? DesignedData.integers(count, seed: 95))
    let output = try matrix(columns, DesignedData.integers(rows * columns, seed: 96))
    let delta = try matrix(columns, DesignedData.integers(rows * columns, seed: 97))
    let inputDelta = try matrix(columns * pieces, .nan(count))
    try backend.perform([
      .maxout(input.matrix, into: output.matrix),
      .maxoutDelta(delta.matrix, input: input.matrix, into: inputDelta.matrix),
    ])
    return try [input, output, delta, inputDelta].map { try $0.values() }
  }
}
