import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `update.cl`, one kernel for all parameters.
  public func enqueueUpdate(
    _ parameters: Vector<OpenCLBackend>, velocity: Vector<OpenCLBackend>, rule: SGD
  ) throws(BackendError) {
    try performFlat(
      .update, count: parameters.count,
      [
        .learningRate(rule.learningRate), .buffer(velocity.storage), .buffer(parameters.storage),
      ])
  }
}
