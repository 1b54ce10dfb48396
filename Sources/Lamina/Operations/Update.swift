extension Operation {
  /// One step of an optimiser over a vector of parameters, element by element.
  public struct Update: OperationContent, Codable {
    /// The optimiser.
    public let optimizer: Optimizer
    public let parameters: Vector<B>
    public let gradients: Vector<B>
    /// The numbers that the optimiser keeps for each parameter: as many vectors as
    /// ``OptimizerRule/stateCount`` says.
    public let state: [Vector<B>]

    public var name: String { "update" }
    public var accesses: [Access<B>] {
      let state = zip(optimizer.rule.state, self.state).map { description, vector in
        Access<B>.vector(
          description.name, vector, .update, .rows, isNonnegative: description.isNonnegative)
      }
      return [.vector("gradients", gradients, .read, .rows)] + state
        + [.vector("parameters", parameters, .update, .rows)]
    }
    public var units: Int { parameters.vectors }
    public var work: Int { (2 + 4 * state.count) * parameters.count }
    public var details: String { "by \(optimizer.rule.name)" }
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
    public let penalties: Penalties
    public let weights: Vector<B>
    public let gradients: Vector<B>

    public var name: String { "penaltyGradient" }
    public var accesses: [Access<B>] {
      [
        .vector("weights", weights, .read, .rows),
        .vector("gradients", gradients, .update, .rows),
      ]
    }
    public var units: Int { weights.vectors }
    public var work: Int { 4 * weights.count }
    public var details: String { "l1 \(penalties.l1), l2 \(penalties.l2)" }
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
