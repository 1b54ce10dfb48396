import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `optimizers/adam.cl`.
  public func enqueueAdam(
    _ parameters: Vector<OpenCLBackend>, gradients: Vector<OpenCLBackend>,
    means: Vector<OpenCLBackend>, squares: Vector<OpenCLBackend>, rule: Adam
  ) throws(BackendError) {
    try performFlat(
      .adam, count: parameters.count,
      [
        .float(Float(1 - rule.beta1)), .float(Float(rule.beta2)), .float(Float(1 - rule.beta2)),
        .float(rule.epsilon), .eachStep(rule.stepSize), .eachStep(rule.rootScale),
        .buffer(gradients.storage), .buffer(means.storage), .buffer(squares.storage),
        .buffer(parameters.storage),
      ])
  }
}
