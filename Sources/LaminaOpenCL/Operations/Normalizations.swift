import Lamina

extension KernelCalls {
  /// By `batch_normalization.cl`: groups of work-items go down the columns.
  func call(_ operation: Operation<OpenCLBackend>.BatchNormalization) -> KernelCall {
    let (input, layer, batch) = (operation.input, operation.layer, operation.batch)
    let (running, output) = (operation.running, operation.output)
    let (momentum, epsilon) = (operation.momentum, operation.epsilon)
    return byColumns(
      .batchNormalization, columns: input.columns,
      [
        .count(input.rows), .count(input.stride), .count(output.stride),
        .float(momentum), .float(epsilon), .buffer(input), .buffer(layer.scale),
        .buffer(layer.shift), .buffer(batch.mean),
        .buffer(batch.inverseDeviation), .buffer(running.mean),
        .buffer(running.variance), .buffer(output), columnScratch,
      ])
  }

  /// By `batch_normalization_delta.cl`: gradients and the input's delta in one kernel.
  func call(_ operation: Operation<OpenCLBackend>.BatchNormalizationDelta) -> KernelCall {
    let (delta, input, scale) = (operation.delta, operation.input, operation.scale)
    let (batch, gradients, beta) = (operation.batch, operation.gradients, operation.beta)
    let (inputDelta, adding) = (operation.inputDelta, operation.isAdded)
    return byColumns(
      .batchNormalizationDelta,
      macros: (inputDelta == nil ? [] : ["INPUT_DELTA"]) + (adding ? ["ADDS"] : []),
      columns: input.columns,
      [
        .count(input.rows), .count(delta.stride), .count(input.stride),
        .float(beta), .buffer(delta), .buffer(input), .buffer(scale),
        .buffer(batch.mean), .buffer(batch.inverseDeviation),
        .buffer(gradients.scale), .buffer(gradients.shift), columnScratch,
      ] + (inputDelta.map { [.count($0.stride), .buffer($0)] } ?? []))
  }

  /// By `normalize_columns.cl`.
  func call(_ operation: Operation<OpenCLBackend>.Normalization) -> KernelCall {
    let (input, layer, running) = (operation.input, operation.layer, operation.running)
    let (epsilon, output) = (operation.epsilon, operation.output)
    return KernelCall(
      .normalizeColumns,
      [
        .count(input.columns), .count(input.stride), .count(output.stride),
        .float(epsilon), .buffer(input), .buffer(layer.scale),
        .buffer(layer.shift), .buffer(running.mean),
        .buffer(running.variance), .buffer(output),
      ], .rows(input.rows))
  }
}
