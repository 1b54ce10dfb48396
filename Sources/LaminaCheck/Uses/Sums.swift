import Lamina

/// The sum of each column.
struct SumColumns: CheckedUse {
  let rows, columns: Int
  let beta: Float

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let matrix = try backend.makeMatrix(
      DesignedData.integers(rows * columns, seed: 13), rows: rows, columns: columns)
    let sums = try backend.guarded(
      beta == 0 ? .nan(columns) : DesignedData.integers(columns, seed: 14))
    try backend.perform(.columnSums(of: matrix, beta: beta, into: sums.vector))
    return [try sums.values()]
  }
}

/// Filling a vector with one number.
struct FillVector: CheckedUse {
  let count: Int
  let value: Float

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let vector = try backend.guarded([Float](repeating: 1, count: count))
    try backend.perform(.fill(vector.vector, with: value))
    return [try vector.values()]
  }
}

/// Sums of parts of a vector. Only the total is compared, because backends choose the parts.
struct SumParts: CheckedUse {
  let count, sums: Int
  let measure: Magnitude

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let vector = try backend.guarded(DesignedData.integers(count, seed: 87))
    let sums = try backend.guarded(.nan(sums))
    try backend.perform(.partialSums(of: vector.vector, measure, into: sums.vector))
    return [[try sums.values().reduce(0, +)], try vector.values()]
  }
}
