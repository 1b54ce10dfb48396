import Lamina

extension KernelCalls {
  /// By `column_sums.cl`, which adds in the same order in every run.
  func call(_ operation: Operation<OpenCLBackend>.ColumnSums) -> KernelCall {
    let (matrix, beta, sums) = (operation.matrix, operation.beta, operation.sums)
    return byColumns(
      .columnSums, columns: matrix.columns,
      [
        .count(matrix.rows), .count(matrix.stride), .float(beta),
        .buffer(matrix), .buffer(sums), columnScratch,
      ])
  }
}

extension KernelCalls {
  /// By `partial_sums.cl`, a work-group for each sum.
  func call(_ operation: Operation<OpenCLBackend>.PartialSums) -> KernelCall {
    let (vector, sums, measure) = (operation.vector, operation.sums, operation.measure)
    let length = vector.count.divided(by: sums.count).rounded(upTo: shape.width)
    return KernelCall(
      .partialSums, macros: measure == .squares ? ["SQUARES"] : [],
      [
        .count(vector.count), .count(length), .buffer(vector), .buffer(sums),
        rowScratch,
      ],
      .sums(sums.count))
  }
}
