import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `optimizers/adagrad.cl`.
  public func enqueueAdagrad(
    _ parameters: Vector<OpenCLBackend>, gradients: Vector<OpenCLBackend>,
    squares: Vector<OpenCLBackend>, rule: Adagrad
  ) throws(BackendError) {
    try performFlat(
      .adagrad, count: parameters.count,
      [
        .float(rule.epsilon), .learningRate(rule.learningRate), .buffer(gradients.storage),
        .buffer(squares.storage), .buffer(parameters.storage),
      ])
  }
}
