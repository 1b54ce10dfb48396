import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `column_norm_limit.cl`.
  public func enqueueColumnNormLimit(
    of matrix: Matrix<OpenCLBackend>, to limit: Float
  ) throws(BackendError) {
    let lanes = shape.sumLanes
    try perform(
      .columnNormLimit, macros: ["COLUMN_LANES=\(lanes.columns)"], lanes: lanes.rows,
      [
        .count(matrix.rows), .count(matrix.columns), .count(matrix.stride), .float(limit),
        .buffer(matrix.storage),
        .local(lanes.rows * lanes.columns * shape.width * MemoryLayout<Float>.stride),
      ], shape.columns(matrix.columns))
  }
}
