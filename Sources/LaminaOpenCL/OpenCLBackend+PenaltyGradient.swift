import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `penalty_gradient.cl`.
  public func enqueuePenaltyGradient(
    _ penalties: Penalties, of weights: Vector<OpenCLBackend>, to gradients: Vector<OpenCLBackend>
  ) throws(BackendError) {
    try performFlat(
      .penaltyGradient, count: weights.count,
      [
        .float(penalties.l1), .float(penalties.l2), .buffer(weights.storage),
        .buffer(gradients.storage),
      ])
  }
}
