import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `activation.cl`, compiled for each activation.
  public func enqueueActivation(
    _ activation: Activation, of input: Matrix<OpenCLBackend>, bias: Vector<OpenCLBackend>?,
    into output: Matrix<OpenCLBackend>
  ) throws(BackendError) {
    try perform(
      .activation, headers: [activation.kernelHeader],
      macros: activation.macros + (bias == nil ? [] : ["BIAS"]),
      [
        .count(output.rows), .count(output.columns), .count(input.stride), .count(output.stride),
      ] + (bias.map { [.buffer($0.storage)] } ?? []) + [
        .buffer(input.storage), .buffer(output.storage),
      ], Work.rows(output.rows))
  }
}
