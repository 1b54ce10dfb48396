import Lamina

/// Embedding of the last columns of a batch, forward and backward.
struct EmbedColumns: CheckedUse {
  let rows, others: Int
  let columns: [EmbeddedColumn]
  /// The factor of the old gradients.
  var beta: Float = 0
  /// Numbers of the first embedded column; nil for categories and a few numbers that are none.
  var numbers: [Float]?

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let outputs = columns.reduce(others) { $0 + $1.width }
    let input = try backend.guarded(
      inputs, rows: rows, columns: others + columns.count)
    let output = try backend.guarded(.nan(rows * outputs), rows: rows, columns: outputs)
    let delta = try backend.guarded(
      DesignedData.integers(rows * outputs, seed: 131), rows: rows, columns: outputs)
    var (tables, gradients): ([Guarded<B>], [Guarded<B>]) = ([], [])
    var operations: [Operation<B>] = []
    var start = others
    for (number, column) in columns.enumerated() {
      let count = column.categories * column.width
      let table = try backend.guarded(
        DesignedData.integers(count, seed: 132), rows: column.categories, columns: column.width)
      let gradient = try backend.guarded(
        beta == 0 ? .nan(count) : DesignedData.integers(count, seed: 133), rows: column.categories,
        columns: column.width)
      let place = EmbeddingPlace(category: others + number, start: start)
      operations += [
        .embedding(
          input.matrix, place, of: table.matrix, copying: number == 0 ? others : 0,
          into: output.matrix),
        .embeddingGradients(
          delta.matrix, input: input.matrix, place, beta: beta, into: gradient.matrix),
      ]
      tables.append(table)
      gradients.append(gradient)
      start += column.width
    }
    try backend.perform(operations)
    return try ([input, output, delta] + tables + gradients).map { try $0.values() }
  }

  private var inputs: [Float] {
    var values: [Float] = []
    for row in 0..<rows {
      values += (0..<others).map { Float($0 + row) / 8 }
      for (number, column) in columns.enumerated() {
        let category = Float((row * 7 + number) % (column.categories + 2) - 1)
        values.append(number == 0 ? numbers?[row] ?? category : category)
      }
    }
    return values
  }
}
