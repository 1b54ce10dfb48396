public import Lamina

extension OpenCLBackend {
  /// By CLBlast.
  public func enqueueMatmul(
    _ a: Matrix<OpenCLBackend>, _ b: Matrix<OpenCLBackend>, alpha: Float, beta: Float,
    into c: Matrix<OpenCLBackend>
  ) throws(BackendError) {
    try perform(try products.command(a, b, alpha: alpha, beta: beta, into: c))
  }
}
