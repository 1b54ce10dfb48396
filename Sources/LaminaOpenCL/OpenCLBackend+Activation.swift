import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `activation.cl`, compiled for each activation.
  public func enqueueActivation(
    _ activation: Activation, bias: Vector<OpenCLBackend>, on y: Matrix<OpenCLBackend>
  ) throws(BackendError) {
    try perform(
      .activation, headers: [.activations], macros: activation.macros,
      [
        .count(y.rows), .count(y.columns), .count(y.stride), .buffer(bias.storage),
        .buffer(y.storage),
      ], shape.rows(y.rows))
  }
}

extension Activation {
  /// Choose the functions in `activations.clh`. Their names go over whole: a macro for `tanh`
  /// alone would meet drivers that define `tanh` as a macro themselves.
  var macros: [String] { ["ACTIVATE=\(rawValue)_value", "BACKWARD=\(rawValue)_backward"] }
}
