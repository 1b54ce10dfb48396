import Lamina

extension KernelCalls {
  /// By `softmax.cl`: a work-group takes row after row.
  func call(_ operation: Operation<OpenCLBackend>.RowSoftmax) -> KernelCall {
    let (input, output) = (operation.input, operation.output)
    let isLogarithmic = operation.isLogarithmic
    return KernelCall(
      .softmax, macros: isLogarithmic ? ["LOGARITHM"] : [],
      [
        .count(output.columns), .count(input.stride), .count(output.stride),
        .buffer(input), .buffer(output),
        rowScratch,
      ], .groups(rows: output.rows))
  }

  /// By `softmax_delta.cl`: a work-group takes row after row.
  func call(_ operation: Operation<OpenCLBackend>.RowSoftmaxDelta) -> KernelCall {
    let (outputs, delta) = (operation.outputs, operation.delta)
    let isLogarithmic = operation.isLogarithmic
    return KernelCall(
      .softmaxDelta, macros: isLogarithmic ? ["LOGARITHM"] : [],
      [
        .count(delta.columns), .count(outputs.stride), .count(delta.stride),
        .buffer(outputs), .buffer(delta),
        rowScratch,
      ], .groups(rows: delta.rows))
  }
}
