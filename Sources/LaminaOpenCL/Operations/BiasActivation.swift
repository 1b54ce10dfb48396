import Lamina

extension KernelCalls {
  /// By `activation.cl`, compiled for each activation.
  func call(_ operation: Operation<OpenCLBackend>.BiasActivation) -> KernelCall {
    let (activation, input, bias) = (operation.activation, operation.input, operation.bias)
    let output = operation.output
    return KernelCall(
      .activation, headers: [activation.kernelHeader],
      macros: activation.macros + (bias == nil ? [] : ["BIAS"]),
      [
        .count(output.columns), .count(input.stride), .count(output.stride),
      ] + (bias.map { [.buffer($0)] } ?? []) + [
        .buffer(input), .buffer(output),
      ], .rows(output.rows))
  }
}

extension KernelCalls {
  /// By `activation_delta.cl`; nothing is to be done for the identity.
  func call(_ operation: Operation<OpenCLBackend>.ActivationDelta) -> KernelCall? {
    let (activation, saved, delta) = (operation.activation, operation.saved, operation.delta)
    if activation == .identity { return nil }
    return KernelCall(
      .activationDelta, headers: [activation.kernelHeader], macros: activation.macros,
      [
        .count(delta.columns), .count(saved.stride), .count(delta.stride),
        .buffer(saved), .buffer(delta),
      ], .rows(delta.rows))
  }
}
