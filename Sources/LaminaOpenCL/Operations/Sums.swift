import Lamina

extension CommandEncoder {
  /// By `column_sums.cl`, which adds in the same order in every run.
  func encode(_ operation: Operation<OpenCLBackend>.ColumnSums) throws(BackendError) {
    let (matrix, beta, sums) = (operation.matrix, operation.beta, operation.sums)
    try addByColumns(
      .columnSums, columns: matrix.columns,
      [
        .count(matrix.rows), .count(matrix.columns), .count(matrix.stride), .float(beta),
        .buffer(matrix), .buffer(sums), columnScratch,
      ])
  }
}

extension CommandEncoder {
  /// By `partial_sums.cl`, a work-group for each sum.
  func encode(_ operation: Operation<OpenCLBackend>.PartialSums) throws(BackendError) {
    let (vector, sums, measure) = (operation.vector, operation.sums, operation.measure)
    let length = vector.count.divided(by: sums.count).rounded(upTo: shape.width)
    try add(
      .partialSums, macros: measure == .squares ? ["SQUARES"] : [],
      [
        .count(vector.count), .count(length), .buffer(vector), .buffer(sums),
        .localEach(MemoryLayout<Float>.stride),
      ],
      IndexSpace.sums(sums.count))
  }
}
