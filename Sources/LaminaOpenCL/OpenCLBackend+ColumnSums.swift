import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `column_sums.cl`, which adds in the same order in every run.
  public func enqueueColumnSums(
    of matrix: Matrix<OpenCLBackend>, beta: Float, into sums: Vector<OpenCLBackend>
  ) throws(BackendError) {
    try performByColumns(
      .columnSums, columns: matrix.columns,
      [
        .count(matrix.rows), .count(matrix.columns), .count(matrix.stride), .float(beta),
        .buffer(matrix.storage), .buffer(sums.storage), columnScratch,
      ])
  }

  /// Performs a kernel whose groups go down columns, with `columns.clh`.
  func performByColumns(
    _ file: KernelFile, macros: [String] = [], columns: Int, _ arguments: [KernelArgument]
  ) throws(BackendError) {
    try perform(
      file, headers: [.columns], macros: macros, arguments, Work.columns(columns))
  }

  /// What `column_sum` in `columns.clh` works in.
  var columnScratch: KernelArgument {
    .localEach(shape.width * MemoryLayout<Float>.stride)
  }
}
