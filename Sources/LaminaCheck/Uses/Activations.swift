import Lamina

/// A bias, then an activation, in place, with and without padding of rows.
struct ApplyActivation: CheckedUse {
  let activation: Activation
  let rows, columns: Int
  let values: [Float]
  let bias: [Float]

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let bias = try backend.makeVector(bias)
    let y = try Guarded(
      backend, rows: rows, columns: columns, stride: columns, values: values)
    try backend.perform(.activation(activation, of: y.matrix, bias: bias, into: y.matrix))
    let padded = try backend.makeMatrix(values, rows: rows, columns: columns)
    try backend.perform(.activation(activation, of: padded, bias: bias, into: padded))
    return [try y.values(), try backend.values(of: padded)]
  }
}

/// `delta · f'(z)`.
struct ApplyActivationDelta: CheckedUse {
  let activation: Activation
  let rows, columns: Int

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let outputs = DesignedData.uniform(rows * columns, bound: 1, seed: 11)
    let output = try Guarded(
      backend, rows: rows, columns: columns, stride: columns, values: outputs)
    let delta = try Guarded(
      backend, rows: rows, columns: columns, stride: columns,
      values: DesignedData.uniform(rows * columns, bound: 3, seed: 12))
    try backend.perform(.activationDelta(activation, saved: output.matrix, on: delta.matrix))
    return [try output.values(), try delta.values()]
  }
}
