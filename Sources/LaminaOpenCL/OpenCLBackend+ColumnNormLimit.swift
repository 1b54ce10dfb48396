import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `column_norm_limit.cl`.
  public func enqueueColumnNormLimit(
    of matrix: Matrix<OpenCLBackend>, to limit: Float
  ) throws(BackendError) {
    try perform(
      .columnNormLimit, macros: [],
      [
        .count(matrix.rows), .count(matrix.columns), .count(matrix.stride), .float(limit),
        .buffer(matrix.storage),
        columnScratch,
      ], Work.columns(matrix.columns))
  }
}
