import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `decay.cl`.
  public func enqueueDecay(
    _ weights: Vector<OpenCLBackend>, by decay: Float, learningRate: Float
  ) throws(BackendError) {
    try performFlat(
      .decay, count: weights.count,
      [
        .eachStep { $0.share(keptBy: decay, learningRate: learningRate) },
        .buffer(weights.storage),
      ])
  }
}
