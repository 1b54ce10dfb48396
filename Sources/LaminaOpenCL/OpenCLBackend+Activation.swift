import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `activation.cl`, compiled for each activation.
  public func enqueueActivation(
    _ activation: Activation, of input: Matrix<OpenCLBackend>, bias: Vector<OpenCLBackend>?,
    into output: Matrix<OpenCLBackend>
  ) throws(BackendError) {
    try perform(
      .activation, headers: [.activations],
      macros: activation.macros + (bias == nil ? [] : ["BIAS"]),
      [
        .count(output.rows), .count(output.columns), .count(input.stride), .count(output.stride),
      ] + (bias.map { [.buffer($0.storage)] } ?? []) + [
        .buffer(input.storage), .buffer(output.storage),
      ], shape.rows(output.rows))
  }
}

extension Activation {
  /// Choose the functions in `activations.clh`. Their names go over whole: a macro for `tanh`
  /// alone would meet drivers that define `tanh` as a macro themselves.
  var macros: [String] { ["ACTIVATE=\(rawValue)_value", "BACKWARD=\(rawValue)_backward"] }
}
