import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `add.cl`.
  public func enqueueAdd(
    _ a: Matrix<OpenCLBackend>, _ b: Matrix<OpenCLBackend>, into c: Matrix<OpenCLBackend>
  ) throws(BackendError) {
    try perform(
      .add, macros: [],
      [
        .count(c.rows), .count(c.columns), .count(a.stride), .count(b.stride), .count(c.stride),
        .buffer(a.storage), .buffer(b.storage), .buffer(c.storage),
      ], Work.rows(c.rows))
  }
}
