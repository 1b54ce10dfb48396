import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `fill.cl`.
  public func enqueueFill(
    _ vector: Vector<OpenCLBackend>, with value: Float
  ) throws(BackendError) {
    try perform(
      .fill, macros: ["SPAN=\(shape.span)"],
      [.count(vector.count), .float(value), .buffer(vector.storage)],
      shape.spans(of: vector.count))
  }
}
