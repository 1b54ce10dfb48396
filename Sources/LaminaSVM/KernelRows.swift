import Lamina

/// Scaled rows in device memory with their squared norms: one side of a kernel matrix.
struct KernelRows<B: Backend> {
  let matrix: Matrix<B>
  let squares: Vector<B>

  /// Gathers the rows `indices` of `examples`.
  ///
  /// - Parameter squares: The squared norms of all examples.
  init(
    _ indices: [Int32], of examples: Examples<B>, scaling: InputScaling, squares: [Float],
    on backend: B
  ) throws(BackendError) {
    matrix = try backend.makeMatrix(rows: indices.count, columns: examples.columns)
    let rows = try backend.makeIndices(indices)
    try backend.perform(
      .gather(
        BatchIndices(rows, count: indices.count), of: examples,
        scaling: try backend.makeScaling(scaling), into: matrix))
    self.squares = try backend.makeVector(indices.map { squares[Int($0)] })
  }

  /// Computes `values[i, j] = k(own row i, other row j)` with one matrix product and one pass over
  /// it.
  func kernelMatrix(
    _ function: KernelFunction, with other: KernelRows, on backend: B
  ) throws(BackendError) -> Matrix<B> {
    let values = try backend.makeMatrix(rows: matrix.rows, columns: other.matrix.rows)
    try backend.perform(
      .matmul(matrix, other.matrix.transposed, into: values),
      .kernelFunction(function, rowSquares: squares, columnSquares: other.squares, on: values))
    return values
  }
}
