import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `column_sums.cl`, which adds in the same order in every run.
  public func enqueueColumnSums(
    of matrix: Matrix<OpenCLBackend>, beta: Float, into sums: Vector<OpenCLBackend>
  ) throws(BackendError) {
    let lanes = shape.sumLanes
    try perform(
      .columnSums, macros: ["COLUMN_LANES=\(lanes.columns)"], lanes: lanes.rows,
      [
        .count(matrix.rows), .count(matrix.columns), .count(matrix.stride), .float(beta),
        .buffer(matrix.storage), .buffer(sums.storage),
        .local(lanes.rows * lanes.columns * shape.width * MemoryLayout<Float>.stride),
      ], shape.columns(matrix.columns))
  }
}
