import Lamina

/// The sizes of a product.
struct ProductSizes: Sendable, CustomStringConvertible {
  let rows, columns, depth: Int
  var description: String { "\(rows)×\(columns)×\(depth)" }
}

/// `c = alpha · a · b + beta · c`.
struct Product: CheckedUse {
  let shape: ProductSizes
  var transposesA = false
  var transposesB = false
  var isPadded = false
  var alpha: Float = 1
  var beta: Float = 0

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    func operand(_ rows: Int, _ columns: Int, _ transposed: Bool, _ seed: UInt64) throws
      -> Guarded<B>
    {
      let (rows, columns) = transposed ? (columns, rows) : (rows, columns)
      return try backend.guarded(
        DesignedData.integers(rows * columns, seed: seed), rows: rows, columns: columns,
        isPadded: isPadded)
    }
    let a = try operand(shape.rows, shape.depth, transposesA, 1)
    let b = try operand(shape.depth, shape.columns, transposesB, 2)
    // With beta 0, the old content has no effect, even if it is NaN.
    let count = shape.rows * shape.columns
    let old = beta == 0 ? .nan(count) : DesignedData.integers(count, seed: 3)
    let c = try backend.guarded(old, rows: shape.rows, columns: shape.columns, isPadded: isPadded)
    try backend.perform(
      .matmul(
        transposesA ? a.matrix.transposed : a.matrix,
        transposesB ? b.matrix.transposed : b.matrix, alpha: alpha, beta: beta, into: c.matrix))
    return [try a.values(), try b.values(), try c.values()]
  }
}

/// A product of numbers from -1 to 1.
struct ProductOfRandomNumbers: CheckedUse {
  let shape: ProductSizes
  let transposesA, transposesB: Bool

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    func factor(_ rows: Int, _ columns: Int, _ transposed: Bool, _ seed: UInt64) throws -> Matrix<B>
    {
      let (rows, columns) = transposed ? (columns, rows) : (rows, columns)
      let matrix = try backend.makeMatrix(
        DesignedData.uniform(rows * columns, bound: 1, seed: seed), rows: rows, columns: columns)
      return transposed ? matrix.transposed : matrix
    }
    let c = try backend.makeMatrix(rows: shape.rows, columns: shape.columns)
    try backend.perform(
      .matmul(
        factor(shape.rows, shape.depth, transposesA, 1),
        factor(shape.depth, shape.columns, transposesB, 2), into: c))
    return [try backend.values(of: c)]
  }
}

/// A product that NaN and infinity must pass through.
struct ProductOfSpecialNumbers: CheckedUse {
  var caseName: String { "20×33×48 with NaN and infinity" }

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    var values = DesignedData.integers(20 * 48, seed: 4)
    (values[5], values[50], values[500]) = (.nan, .infinity, -.infinity)
    let a = try backend.makeMatrix(values, rows: 20, columns: 48)
    let b = try backend.makeMatrix([Float](repeating: 1, count: 48 * 33), rows: 48, columns: 33)
    let c = try backend.makeMatrix(rows: 20, columns: 33)
    try backend.perform(.matmul(a, b, into: c))
    return [try backend.values(of: c)]
  }
}
