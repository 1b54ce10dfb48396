import Lamina

extension KernelCalls {
  /// By `embedding.cl`.
  func call(_ operation: Operation<OpenCLBackend>.Embedding) -> KernelCall {
    let (input, table, output) = (operation.input, operation.table, operation.output)
    return KernelCall(
      .embedding,
      [
        .count(operation.copied), .count(operation.place.category), .count(operation.place.start),
        .count(table.rows), .count(table.columns), .count(input.stride), .count(table.stride),
        .count(output.stride), .buffer(input), .buffer(table), .buffer(output),
      ], .rows(output.rows))
  }

  /// By `embedding_gradients.cl`, whose rows are categories.
  func call(_ operation: Operation<OpenCLBackend>.EmbeddingGradients) -> KernelCall {
    let (delta, input, gradients) = (operation.delta, operation.input, operation.gradients)
    return KernelCall(
      .embeddingGradients,
      [
        .count(input.rows), .count(operation.place.category), .count(operation.place.start),
        .count(gradients.columns), .count(delta.stride), .count(input.stride),
        .count(gradients.stride), .float(operation.beta), .buffer(delta), .buffer(input),
        .buffer(gradients),
      ], .rows(gradients.rows))
  }
}
