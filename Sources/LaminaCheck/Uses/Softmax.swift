import Lamina

/// Softmax into separate memory and in place.
struct ApplySoftmax: CheckedUse {
  let isLogarithmic: Bool
  let rows, columns: Int
  let values: [Float]

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let input = try Guarded(
      backend, rows: rows, columns: columns, stride: columns, values: values)
    let output = try Guarded(
      backend, rows: rows, columns: columns,
      stride: MatrixLayout.stride(columns: columns),
      values: [Float](repeating: .nan, count: rows * columns))
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
    let outputs = try Guarded(
      backend, rows: rows, columns: columns, stride: columns, values: probability)
    let delta = try Guarded(
      backend, rows: rows, columns: columns,
      stride: MatrixLayout.stride(columns: columns),
      values: DesignedData.uniform(rows * columns, bound: 1, seed: 33))
    try backend.perform(
      .softmaxDelta(outputs: outputs.matrix, isLogarithmic: isLogarithmic, on: delta.matrix))
    return [try outputs.values(), try delta.values()]
  }
}
