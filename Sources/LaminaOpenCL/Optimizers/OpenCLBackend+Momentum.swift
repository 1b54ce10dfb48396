import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `optimizers/momentum.cl`.
  public func enqueueMomentum(
    _ parameters: Vector<OpenCLBackend>, gradients: Vector<OpenCLBackend>,
    velocity: Vector<OpenCLBackend>, rule: SGD
  ) throws(BackendError) {
    try performFlat(
      .momentum, macros: rule.nesterov ? ["NESTEROV"] : [], count: parameters.count,
      [
        .float(rule.momentum), .learningRate(rule.learningRate), .buffer(gradients.storage),
        .buffer(velocity.storage), .buffer(parameters.storage),
      ])
  }
}
