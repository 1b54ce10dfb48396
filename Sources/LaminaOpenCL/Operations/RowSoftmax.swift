import Lamina

extension CommandEncoder {
  /// By `softmax.cl`: a work-group takes row after row.
  func encode(_ operation: Operation<OpenCLBackend>.RowSoftmax) throws(BackendError) {
    let (input, output) = (operation.input, operation.output)
    let isLogarithmic = operation.isLogarithmic
    try add(
      .softmax, macros: isLogarithmic ? ["LOGARITHM"] : [],
      [
        .count(output.rows), .count(output.columns), .count(input.stride), .count(output.stride),
        .buffer(input), .buffer(output),
        .localEach(MemoryLayout<Float>.stride),
      ], IndexSpace.groups(rows: output.rows))
  }

  /// By `softmax_delta.cl`: a work-group takes row after row.
  func encode(_ operation: Operation<OpenCLBackend>.RowSoftmaxDelta) throws(BackendError) {
    let (outputs, delta) = (operation.outputs, operation.delta)
    let isLogarithmic = operation.isLogarithmic
    try add(
      .softmaxDelta, macros: isLogarithmic ? ["LOGARITHM"] : [],
      [
        .count(delta.rows), .count(delta.columns), .count(outputs.stride), .count(delta.stride),
        .buffer(outputs), .buffer(delta),
        .localEach(MemoryLayout<Float>.stride),
      ], IndexSpace.groups(rows: delta.rows))
  }
}
