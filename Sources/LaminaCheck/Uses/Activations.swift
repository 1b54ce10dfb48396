import Lamina

/// A bias, then an activation, in place, with and without padding of rows.
struct ApplyActivation: CheckedUse {
  let activation: Activation
  let rows, columns: Int
  let values, bias: [Float]

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let bias = try backend.makeVector(bias)
    let y = try backend.guarded(values, rows: rows, columns: columns, isPadded: false)
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
    let output = try backend.guarded(outputs, rows: rows, columns: columns, isPadded: false)
    let delta = try backend.guarded(
      DesignedData.uniform(rows * columns, bound: 3, seed: 12), rows: rows, columns: columns,
      isPadded: false)
    try backend.perform(.activationDelta(activation, saved: output.matrix, on: delta.matrix))
    return [try output.values(), try delta.values()]
  }
}
