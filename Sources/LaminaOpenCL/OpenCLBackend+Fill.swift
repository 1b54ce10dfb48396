import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `fill.cl`.
  public func enqueueFill(
    _ vector: Vector<OpenCLBackend>, with value: Float
  ) throws(BackendError) {
    try performFlat(.fill, count: vector.count, [.float(value), .buffer(vector.storage)])
  }
}
