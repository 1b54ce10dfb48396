import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `clip.cl`.
  public func enqueueClip(
    _ vector: Vector<OpenCLBackend>, to limit: Float
  ) throws(BackendError) {
    try performFlat(.clip, count: vector.count, [.float(limit), .buffer(vector.storage)])
  }

  /// By `clip_norm.cl`: each group adds up the sums for itself, so that nobody waits.
  public func enqueueClipNorm(
    of vector: Vector<OpenCLBackend>, squares: Vector<OpenCLBackend>, to limit: Float
  ) throws(BackendError) {
    try performFlat(
      .clipNorm, count: vector.count,
      [
        .count(squares.count), .float(limit), .buffer(squares.storage), .buffer(vector.storage),
        .localEach(MemoryLayout<Float>.stride),
      ])
  }
}
