import Lamina

extension KernelCalls {
  /// By `fill.cl`.
  func call(_ operation: Operation<OpenCLBackend>.Fill) -> KernelCall {
    let (vector, value) = (operation.vector, operation.value)
    return flat(.fill, count: vector.count, [.float(value), .buffer(vector)])
  }
}
