extension Operation {
  /// One step of an optimiser over a vector of parameters, element by element.
  public struct Update: OperationContent, Codable {
    /// The optimiser.
    public let optimizer: Optimizer
    /// The parameters that change.
    public let parameters: Vector<B>
    /// The gradients.
    public let gradients: Vector<B>
    /// The numbers that the optimiser keeps for each parameter: one vector for each element of
    /// ``OptimizerRule/state``.
    public let state: [Vector<B>]

    package var name: String { "update" }
    package var accesses: [Access<B>] {
      let state = zip(optimizer.rule.state, self.state).map { description, vector in
        Access<B>.vector(
          description.name, vector, .update, .rows, isNonnegative: description.isNonnegative)
      }
      return [.vector("gradients", gradients, .read, .rows)] + state
        + [.vector("parameters", parameters, .update, .rows)]
    }
    package var units: Int { parameters.vectors }
    package var work: Int { (2 + 4 * state.count) * parameters.count }
    package var details: String { "by \(optimizer.rule.name)" }
  }

  /// ``Update``.
  public static func update(
    _ parameters: Vector<B>, gradients: Vector<B>, state: [Vector<B>] = [], by optimizer: Optimizer
  ) -> Operation {
    precondition(
      ([gradients] + state).allSatisfy { $0.count == parameters.count }
        && state.count == optimizer.rule.state.count,
      "update by \(optimizer.rule.name): \(parameters.count) parameters, \(gradients.count) "
        + "gradients, state of \(state.map(\.count))")
    return .update(
      Update(optimizer: optimizer, parameters: parameters, gradients: gradients, state: state))
  }

  /// `gradients += l1 · sign(weights) + l2 · weights`, the sign of 0 being 0.
  public struct PenaltyGradient: OperationContent, Codable {
    /// The factors of the penalties.
    public let penalties: Penalties
    /// The weights.
    public let weights: Vector<B>
    /// The gradients.
    public let gradients: Vector<B>

    package var name: String { "penaltyGradient" }
    package var accesses: [Access<B>] {
      [
        .vector("weights", weights, .read, .rows),
        .vector("gradients", gradients, .update, .rows),
      ]
    }
    package var units: Int { weights.vectors }
    package var work: Int { 4 * weights.count }
    package var details: String { "l1 \(penalties.l1), l2 \(penalties.l2)" }
  }

  /// ``PenaltyGradient``.
  public static func penaltyGradient(
    _ penalties: Penalties, of weights: Vector<B>, to gradients: Vector<B>
  ) -> Operation {
    precondition(
      weights.count == gradients.count,
      "penaltyGradient: \(weights.count) weights, \(gradients.count) gradients")
    return .penaltyGradient(
      PenaltyGradient(penalties: penalties, weights: weights, gradients: gradients))
  }
}
