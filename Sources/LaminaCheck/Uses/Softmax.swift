import Lamina

/// Softmax into separate memory and in place.
struct ApplySoftmax: CheckedUse {
  let isLogarithmic: Bool
  let rows, columns: Int
  let values: [Float]

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let input = try backend.guarded(values, rows: rows, columns: columns, isPadded: false)
    let output = try backend.guarded(.nan(rows * columns), rows: rows, columns: columns)
    try backend.perform(
      .softmax(of: input.matrix, isLogarithmic: isLogarithmic, into: output.matrix))
    try backend.perform(
      .softmax(of: input.matrix, isLogarithmic: isLogarithmic, into: input.matrix))
    return [try output.values(), try input.values()]
  }
}

/// The delta of the input of a softmax.
struct ApplySoftmaxDelta: CheckedUse {
  let isLogarithmic: Bool
  let rows, columns: Int

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let probability = DesignedData.uniform(rows * columns, bound: 1, seed: 32).map {
      isLogarithmic ? min(0, 3 * $0) : max(0, $0) / Float(columns)
    }
    let outputs = try backend.guarded(probability, rows: rows, columns: columns, isPadded: false)
    let delta = try backend.guarded(
      DesignedData.uniform(rows * columns, bound: 1, seed: 33), rows: rows, columns: columns)
    try backend.perform(
      .softmaxDelta(outputs: outputs.matrix, isLogarithmic: isLogarithmic, on: delta.matrix))
    return [try outputs.values(), try delta.values()]
  }
}
