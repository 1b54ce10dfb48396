import Lamina

extension CommandEncoder {
  /// By `penalty_gradient.cl`.
  func encode(_ operation: Operation<OpenCLBackend>.PenaltyGradient) throws(BackendError) {
    let (penalties, weights, gradients) = (
      operation.penalties, operation.weights, operation.gradients
    )
    try addFlat(
      .penaltyGradient, count: weights.count,
      [
        .float(penalties.l1), .float(penalties.l2), .buffer(weights),
        .buffer(gradients),
      ])
  }
}

extension CommandEncoder {
  /// By `update.cl` with the formula of the optimiser.
  func encode(_ operation: Operation<OpenCLBackend>.Update) throws(BackendError) {
    let rule = operation.optimizer.rule
    try addFlat(
      .update, headers: [operation.optimizer.kernelHeader],
      macros: [
        "STATES=\(operation.state.count)",
        "COEFFICIENTS=\(rule.coefficients(StepArguments()).count)",
      ], count: operation.parameters.count,
      [
        .coefficients(rule.coefficients), .buffer(operation.gradients),
        .buffer(operation.parameters),
      ] + operation.state.map { .buffer($0) })
  }
}
