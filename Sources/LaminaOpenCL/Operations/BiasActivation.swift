import Lamina

extension CommandEncoder {
  /// By `activation.cl`, compiled for each activation.
  func encode(_ operation: Operation<OpenCLBackend>.BiasActivation) throws(BackendError) {
    let (activation, input, bias) = (operation.activation, operation.input, operation.bias)
    let output = operation.output
    try add(
      .activation, headers: [activation.kernelHeader],
      macros: activation.macros + (bias == nil ? [] : ["BIAS"]),
      [
        .count(output.rows), .count(output.columns), .count(input.stride), .count(output.stride),
      ] + (bias.map { [.buffer($0)] } ?? []) + [
        .buffer(input), .buffer(output),
      ], IndexSpace.rows(output.rows))
  }
}

extension CommandEncoder {
  /// By `activation_delta.cl`; nothing is to be done for the identity.
  func encode(_ operation: Operation<OpenCLBackend>.ActivationDelta) throws(BackendError) {
    let (activation, saved, delta) = (operation.activation, operation.saved, operation.delta)
    if activation == .identity { return }
    try add(
      .activationDelta, headers: [activation.kernelHeader], macros: activation.macros,
      [
        .count(delta.rows), .count(delta.columns), .count(saved.stride), .count(delta.stride),
        .buffer(saved), .buffer(delta),
      ], IndexSpace.rows(delta.rows))
  }
}
