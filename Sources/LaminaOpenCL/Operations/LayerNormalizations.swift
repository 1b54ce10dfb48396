import Lamina

extension KernelCalls {
  /// By `layer_normalization.cl`: a group takes row after row.
  func call(_ operation: Operation<OpenCLBackend>.LayerNormalization) -> KernelCall {
    let (input, layer, rows) = (operation.input, operation.layer, operation.rows)
    let (epsilon, output) = (operation.epsilon, operation.output)
    return KernelCall(
      .layerNormalization,
      [
        .count(input.columns), .count(input.stride), .count(output.stride),
        .float(epsilon), .buffer(input), .buffer(layer.scale),
        .buffer(layer.shift), .buffer(rows.mean),
        .buffer(rows.inverseDeviation), .buffer(output), rowScratch,
      ], .groups(rows: input.rows))
  }

  /// By `layer_normalization_delta.cl`: a group takes row after row.
  func call(_ operation: Operation<OpenCLBackend>.LayerNormalizationDelta) -> KernelCall {
    let (delta, input, scale) = (operation.delta, operation.input, operation.scale)
    let (rows, inputDelta, adding) = (operation.rows, operation.inputDelta, operation.isAdded)
    return KernelCall(
      .layerNormalizationDelta, macros: adding ? ["ADDS"] : [],
      [
        .count(input.columns), .count(delta.stride), .count(input.stride),
        .count(inputDelta.stride), .buffer(delta), .buffer(input),
        .buffer(scale), .buffer(rows.mean),
        .buffer(rows.inverseDeviation), .buffer(inputDelta), rowScratch,
      ], .groups(rows: input.rows))
  }

  /// By `layer_normalization_gradients.cl`: groups go down the columns.
  func call(_ operation: Operation<OpenCLBackend>.LayerNormalizationGradients) -> KernelCall {
    let (delta, input, rows) = (operation.delta, operation.input, operation.rows)
    let (beta, gradients) = (operation.beta, operation.gradients)
    return byColumns(
      .layerNormalizationGradients, columns: input.columns,
      [
        .count(input.rows), .count(delta.stride), .count(input.stride),
        .float(beta), .buffer(delta), .buffer(input), .buffer(rows.mean),
        .buffer(rows.inverseDeviation), .buffer(gradients.scale),
        .buffer(gradients.shift), columnScratch,
      ])
  }
}
