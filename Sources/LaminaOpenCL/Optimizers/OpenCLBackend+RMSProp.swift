import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `optimizers/rms_prop.cl`.
  public func enqueueRMSProp(
    _ parameters: Vector<OpenCLBackend>, gradients: Vector<OpenCLBackend>,
    squares: Vector<OpenCLBackend>, velocity: Vector<OpenCLBackend>?, rule: RMSProp
  ) throws(BackendError) {
    try performFlat(
      .rmsProp, macros: velocity == nil ? [] : ["MOMENTUM"], count: parameters.count,
      [
        .float(Float(rule.alpha)), .float(Float(1 - rule.alpha)), .float(rule.epsilon),
        .learningRate(rule.learningRate), .buffer(gradients.storage), .buffer(squares.storage),
      ] + (velocity.map { [.float(rule.momentum), .buffer($0.storage)] } ?? []) + [
        .buffer(parameters.storage)
      ])
  }
}
