import Lamina

/// A kind of numbers in a batch.
enum NormalizedContent: CaseIterable {
  case uniform
  /// Far from zero, where a variance as a difference of means of squares would lose all digits.
  case farOff
  /// All numbers are equal.
  case constant

  func change(_ number: Float) -> Float {
    switch self {
    case .uniform: number
    case .farOff: 1000 + number
    case .constant: 12345.678
    }
  }
}

/// The inputs, parameters and outputs of operations, between sentinels.
struct NormalizationOperands<B: Backend> {
  let input, delta, output: Guarded<B>
  /// Scale, shift, and two vectors for statistics of columns. ``rowVectors`` are two for those of
  /// rows.
  let vectors: [Guarded<B>]
  let rowVectors: [Guarded<B>]

  init(_ backend: B, _ rows: Int, _ columns: Int, _ content: NormalizedContent) throws {
    func matrix(_ values: [Float]) throws -> Guarded<B> {
      try backend.guarded(values, rows: rows, columns: columns)
    }
    let numbers = DesignedData.uniform(rows * columns, bound: 2, seed: 81)
    input = try matrix(numbers.map { content.change($0) })
    delta = try matrix(DesignedData.uniform(rows * columns, bound: 1, seed: 82))
    output = try matrix(DesignedData.uniform(rows * columns, bound: 1, seed: 83))
    vectors = try (0..<6).map {
      try backend.guarded(DesignedData.uniform(columns, bound: 1, seed: 84 + UInt64($0)))
    }
    rowVectors = try (0..<2).map { _ in try backend.guarded(.nan(rows)) }
  }

  var parameters: NormalizationParameters<B> {
    NormalizationParameters(scale: vectors[0].vector, shift: vectors[1].vector)
  }
  var gradients: NormalizationParameters<B> {
    NormalizationParameters(scale: vectors[2].vector, shift: vectors[3].vector)
  }
  var columnStatistics: NormalizationStatistics<B> {
    NormalizationStatistics(mean: vectors[4].vector, inverseDeviation: vectors[5].vector)
  }
  var rowStatistics: NormalizationStatistics<B> {
    NormalizationStatistics(mean: rowVectors[0].vector, inverseDeviation: rowVectors[1].vector)
  }

  /// The values of all operands.
  func results() throws -> [[Float]] {
    try ([input, delta, output] + vectors + rowVectors).map { try $0.values() }
  }
}

/// Batch normalisation forward, backward and at evaluation.
struct NormalizeBatch: CheckedUse {
  let rows, columns: Int
  let content: NormalizedContent
  let beta: Float
  let adding: Bool
  var hasInputDelta = true

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let operands = try NormalizationOperands(backend, rows, columns, content)
    let running = try [Float(0.5), 2].map { value in
      try backend.guarded([Float](repeating: value, count: columns))
    }
    let statistics = RunningStatistics(mean: running[0].vector, variance: running[1].vector)
    let evaluated = try backend.makeMatrix(rows: rows, columns: columns)
    let normalized = try backend.makeMatrix(rows: rows, columns: columns)
    try backend.perform([
      .batchNormalization(
        operands.input.matrix, operands.parameters, batch: operands.columnStatistics,
        running: statistics, momentum: 0.25, epsilon: 1e-3, into: normalized),
      .batchNormalizationDelta(
        operands.delta.matrix, input: operands.input.matrix, scale: operands.parameters.scale,
        batch: operands.columnStatistics, gradients: operands.gradients, beta: beta,
        into: hasInputDelta ? operands.output.matrix : nil, adding: adding),
      .normalize(
        operands.input.matrix, by: statistics, operands.parameters, epsilon: 1e-3, into: evaluated),
    ])
    // The results include the operands, to detect changes.
    return try operands.results() + running.map { try $0.values() } + [
      try backend.values(of: normalized), try backend.values(of: evaluated),
    ]
  }
}

/// Layer normalisation forward and backward.
struct NormalizeRows: CheckedUse {
  let rows, columns: Int
  let content: NormalizedContent
  let beta: Float
  let adding: Bool

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let operands = try NormalizationOperands(backend, rows, columns, content)
    let normalized = try backend.makeMatrix(rows: rows, columns: columns)
    try backend.perform([
      .layerNormalization(
        operands.input.matrix, operands.parameters, rows: operands.rowStatistics, epsilon: 1e-3,
        into: normalized),
      .layerNormalizationDelta(
        operands.delta.matrix, input: operands.input.matrix, scale: operands.parameters.scale,
        rows: operands.rowStatistics, into: operands.output.matrix, adding: adding),
      .layerNormalizationGradients(
        operands.delta.matrix, input: operands.input.matrix, rows: operands.rowStatistics,
        beta: beta, into: operands.gradients),
    ])
    return try operands.results() + [try backend.values(of: normalized)]
  }
}
