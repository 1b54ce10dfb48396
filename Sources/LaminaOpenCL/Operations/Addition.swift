import Lamina

extension KernelCalls {
  /// By `add.cl`.
  func call(_ operation: Operation<OpenCLBackend>.Addition) -> KernelCall {
    let (a, b, c) = (operation.a, operation.b, operation.c)
    return KernelCall(
      .add,
      [
        .count(c.columns), .count(a.stride), .count(b.stride), .count(c.stride),
        .buffer(a), .buffer(b), .buffer(c),
      ], .rows(c.rows))
  }
}
