import Lamina

extension CommandEncoder {
  /// By `fill.cl`.
  func encode(_ operation: Operation<OpenCLBackend>.Fill) throws(BackendError) {
    let (vector, value) = (operation.vector, operation.value)
    try addFlat(.fill, count: vector.count, [.float(value), .buffer(vector)])
  }
}
