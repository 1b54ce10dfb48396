import Lamina

/// The gradient of penalties.
struct AddPenaltyGradient: CheckedUse {
  let penalties: Penalties
  let weights: [Float]

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let weights = try backend.guarded(weights)
    let gradients = try backend.guarded(
      DesignedData.uniform(weights.matrix.columns, bound: 1, seed: 83))
    try backend.perform(.penaltyGradient(penalties, of: weights.vector, to: gradients.vector))
    return [try weights.values(), try gradients.values()]
  }
}

/// Clipping each number to a limit.
struct ClipValues: CheckedUse {
  let values: [Float]
  let limit: Float

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let vector = try backend.guarded(values)
    try backend.perform(.clip(vector.vector, to: limit))
    return [try vector.values()]
  }
}

/// Limiting the norm of a vector.
struct ClipNorm: CheckedUse {
  let values: [Float]
  let sums: Int
  let limit: Float

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let vector = try backend.guarded(values)
    let sums = try backend.guarded(.nan(sums))
    try backend.perform(
      .partialSums(of: vector.vector, .squares, into: sums.vector),
      .clipNorm(of: vector.vector, squares: sums.vector, to: limit))
    return [try vector.values()]
  }
}

/// Three weight decays, each with its own learning rate.
struct DecayWeights: CheckedUse {
  let count: Int

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let weights = try backend.guarded(DesignedData.integers(count, seed: 88))
    let prepared = try backend.prepare([.decay(weights.vector, by: 0.5, learningRate: 0.5)])
    for factor: Float in [1, 0.5, 0] {
      try backend.run(prepared, with: StepArguments(learningRateFactor: factor))
    }
    return [try weights.values()]
  }
}

/// Limiting the norm of each column.
struct LimitColumnNorms: CheckedUse {
  let rows, columns: Int
  var stride: Int?
  let limit: Float
  var special: Float?

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    var values = DesignedData.uniform(rows * columns, bound: 1, seed: 89)
    // One column of zeros, one far above the limit, and one with the special number.
    for row in 0..<rows {
      values[row * columns] = 0
      if columns > 2 { values[row * columns + 2] *= 1000 }
    }
    if let special { values[columns - 1] = special }
    let matrix = try Guarded(backend, rows: rows, columns: columns, stride: stride, values: values)
    try backend.perform(.columnNormLimit(of: matrix.matrix, to: limit))
    return [try matrix.values()]
  }
}
