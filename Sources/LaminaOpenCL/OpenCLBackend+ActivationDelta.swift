import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `activation_delta.cl`; nothing is to be done for the identity.
  public func enqueueActivationDelta(
    _ activation: Activation, saved: Matrix<OpenCLBackend>, on delta: Matrix<OpenCLBackend>
  ) throws(BackendError) {
    if activation == .identity { return }
    try perform(
      .activationDelta, headers: [activation.kernelHeader], macros: activation.macros,
      [
        .count(delta.rows), .count(delta.columns), .count(saved.stride), .count(delta.stride),
        .buffer(saved.storage), .buffer(delta.storage),
      ], Work.rows(delta.rows))
  }
}
