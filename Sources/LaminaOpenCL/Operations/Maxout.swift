import Lamina

extension CommandEncoder {
  /// By `maxout.cl`.
  func encode(_ operation: Operation<OpenCLBackend>.Maxout) throws(BackendError) {
    let (input, output) = (operation.input, operation.output)
    try add(
      .maxout, macros: [],
      [
        .count(output.rows), .count(output.columns), .count(input.columns / output.columns),
        .count(input.stride), .count(output.stride), .buffer(input),
        .buffer(output),
      ], IndexSpace.rows(output.rows))
  }

  /// By `maxout_delta.cl`.
  func encode(_ operation: Operation<OpenCLBackend>.MaxoutDelta) throws(BackendError) {
    let (delta, input) = (operation.delta, operation.input)
    let inputDelta = operation.inputDelta
    try add(
      .maxoutDelta, macros: [],
      [
        .count(delta.rows), .count(delta.columns), .count(input.columns / delta.columns),
        .count(delta.stride), .count(input.stride), .count(inputDelta.stride),
        .buffer(delta), .buffer(input), .buffer(inputDelta),
      ], IndexSpace.rows(delta.rows))
  }
}
