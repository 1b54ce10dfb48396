public import Lamina

extension OpenCLBackend {
  /// By the method that the planner chooses.
  public func enqueueMatmul(
    _ a: Matrix<OpenCLBackend>, _ b: Matrix<OpenCLBackend>, alpha: Float, beta: Float,
    into c: Matrix<OpenCLBackend>
  ) throws(BackendError) {
    try enqueue(
      MatrixProduct(a: a, b: b, c: c, epilogue: .plain(alpha: alpha, beta: beta)))
  }
}
