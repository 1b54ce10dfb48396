import Lamina

extension KernelCalls {
  /// By `maxout.cl`.
  func call(_ operation: Operation<OpenCLBackend>.Maxout) -> KernelCall {
    let (input, output) = (operation.input, operation.output)
    return KernelCall(
      .maxout,
      [
        .count(output.columns), .count(input.columns / output.columns),
        .count(input.stride), .count(output.stride), .buffer(input),
        .buffer(output),
      ], .rows(output.rows))
  }

  /// By `maxout_delta.cl`.
  func call(_ operation: Operation<OpenCLBackend>.MaxoutDelta) -> KernelCall {
    let (delta, input) = (operation.delta, operation.input)
    let inputDelta = operation.inputDelta
    return KernelCall(
      .maxoutDelta,
      [
        .count(delta.columns), .count(input.columns / delta.columns),
        .count(delta.stride), .count(input.stride), .count(inputDelta.stride),
        .buffer(delta), .buffer(input), .buffer(inputDelta),
      ], .rows(delta.rows))
  }
}
