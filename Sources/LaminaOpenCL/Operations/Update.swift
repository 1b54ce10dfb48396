import Lamina

extension KernelCalls {
  /// By `penalty_gradient.cl`.
  func call(_ operation: Operation<OpenCLBackend>.PenaltyGradient) -> KernelCall {
    let (penalties, weights, gradients) = (
      operation.penalties, operation.weights, operation.gradients
    )
    return flat(
      .penaltyGradient, count: weights.count,
      [
        .float(penalties.l1), .float(penalties.l2), .buffer(weights),
        .buffer(gradients),
      ])
  }
}

extension KernelCalls {
  /// By `update.cl` with the formula of the optimiser.
  func call(_ operation: Operation<OpenCLBackend>.Update) -> KernelCall {
    let optimizer = operation.optimizer
    let count = optimizer.rule.coefficients(StepArguments()).count
    return flat(
      .update, headers: [optimizer.kernelHeader],
      macros: [
        "STATES=\(operation.state.count)"
      ], count: operation.parameters.count,
      [
        .coefficients(optimizer, count: count), .buffer(operation.gradients),
        .buffer(operation.parameters),
      ] + operation.state.map { .buffer($0) })
  }
}
