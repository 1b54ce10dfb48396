import Lamina

extension CommandEncoder {
  /// By `layer_normalization.cl`: a group takes row after row.
  func encode(_ operation: Operation<OpenCLBackend>.LayerNormalization) throws(BackendError) {
    let (input, layer, rows) = (operation.input, operation.layer, operation.rows)
    let (epsilon, output) = (operation.epsilon, operation.output)
    try add(
      .layerNormalization, macros: [],
      [
        .count(input.rows), .count(input.columns), .count(input.stride), .count(output.stride),
        .float(epsilon), .buffer(input), .buffer(layer.scale),
        .buffer(layer.shift), .buffer(rows.mean),
        .buffer(rows.inverseDeviation), .buffer(output), rowScratch,
      ], IndexSpace.groups(rows: input.rows))
  }

  /// By `layer_normalization_delta.cl`: a group takes row after row.
  func encode(_ operation: Operation<OpenCLBackend>.LayerNormalizationDelta) throws(BackendError) {
    let (delta, input, scale) = (operation.delta, operation.input, operation.scale)
    let (rows, inputDelta, adding) = (operation.rows, operation.inputDelta, operation.isAdded)
    try add(
      .layerNormalizationDelta, macros: adding ? ["ADDS"] : [],
      [
        .count(input.rows), .count(input.columns), .count(delta.stride), .count(input.stride),
        .count(inputDelta.stride), .buffer(delta), .buffer(input),
        .buffer(scale), .buffer(rows.mean),
        .buffer(rows.inverseDeviation), .buffer(inputDelta), rowScratch,
      ], IndexSpace.groups(rows: input.rows))
  }

  /// By `layer_normalization_gradients.cl`: groups go down the columns.
  func encode(_ operation: Operation<OpenCLBackend>.LayerNormalizationGradients)
    throws(BackendError)
  {
    let (delta, input, rows) = (operation.delta, operation.input, operation.rows)
    let (beta, gradients) = (operation.beta, operation.gradients)
    try addByColumns(
      .layerNormalizationGradients, columns: input.columns,
      [
        .count(input.rows), .count(input.columns), .count(delta.stride), .count(input.stride),
        .float(beta), .buffer(delta), .buffer(input), .buffer(rows.mean),
        .buffer(rows.inverseDeviation), .buffer(gradients.scale),
        .buffer(gradients.shift), columnScratch,
      ])
  }
}
