import Lamina

extension CommandEncoder {
  /// By `add.cl`.
  func encode(_ operation: Operation<OpenCLBackend>.Addition) throws(BackendError) {
    let (a, b, c) = (operation.a, operation.b, operation.c)
    try add(
      .add, macros: [],
      [
        .count(c.rows), .count(c.columns), .count(a.stride), .count(b.stride), .count(c.stride),
        .buffer(a), .buffer(b), .buffer(c),
      ], IndexSpace.rows(c.rows))
  }
}
