/// The changes of gradients and parameters at the end of a step.
///
/// The order is: the gradients of ``penalties`` are added; gradients are clipped by value, then by
/// norm; ``weightDecay`` shrinks the weights; the ``optimizer`` changes all parameters; ``maxNorm``
/// limits the weights. Penalties, decay and maximum norm apply to weights, never to biases.
public struct UpdateRule: Sendable, Hashable, Codable {
  /// The optimiser: the formula by which gradients change parameters.
  public var optimizer: Optimizer
  /// The penalty of large weights.
  public var penalties: Penalties
  /// Limits of the gradients.
  public var clipping: GradientClipping
  /// The decoupled weight decay: a step first multiplies the weights by `1 - rate · weightDecay`.
  /// With nil the optimiser decides: 0.01 for AdamW, none for the others.
  public var weightDecay: Float?
  /// The maximum length of a unit's incoming weights. Longer ones are scaled to it after a step.
  public var maxNorm: Float?

  /// An optimiser alone, unless told otherwise.
  public init(
    _ optimizer: Optimizer, penalties: Penalties = Penalties(),
    clipping: GradientClipping = GradientClipping(), weightDecay: Float? = nil,
    maxNorm: Float? = nil
  ) {
    self.optimizer = optimizer
    self.penalties = penalties
    self.clipping = clipping
    self.weightDecay = weightDecay
    self.maxNorm = maxNorm
  }

  /// Gradient descent alone.
  public static func sgd(
    learningRate: Float, momentum: Float = 0, nesterov: Bool = false
  ) -> UpdateRule {
    UpdateRule(.sgd(SGD(learningRate: learningRate, momentum: momentum, nesterov: nesterov)))
  }

  /// The decay in force.
  public var effectiveWeightDecay: Float { weightDecay ?? optimizer.defaultWeightDecay }

  /// Refuses values with which no training makes sense.
  public func validate() throws(NetworkError) {
    try optimizer.validate()
    try penalties.validate()
    try clipping.validate()
    let decay = effectiveWeightDecay
    try require(
      decay.isFinite && decay >= 0 && decay * optimizer.learningRate <= 1, "the weight decay",
      is: decay, wanted: "from 0 up to 1 over the learning rate, \(1 / optimizer.learningRate)")
    try validateLimit(maxNorm, "the maximum norm of weights")
  }
}

/// Limits of the gradients of a step.
public struct GradientClipping: Sendable, Hashable, Codable {
  /// The maximum magnitude of each number, as in PyTorch's `clip_grad_value_`. Larger numbers,
  /// including infinite ones, are set to it. NaN stays NaN.
  public var value: Float?
  /// The maximum length of all gradients together, as in PyTorch's `clip_grad_norm_`: they are
  /// multiplied by `min(1, norm / (length + 1e-6))`. If the length is not finite, all gradients
  /// except zeros become NaN, which shows in the loss.
  public var norm: Float?

  /// No limit unless told otherwise.
  public init(value: Float? = nil, norm: Float? = nil) {
    self.value = value
    self.norm = norm
  }

  /// True if there is none.
  public var isEmpty: Bool { value == nil && norm == nil }

  func validate() throws(NetworkError) {
    try validateLimit(value, "the limit of a gradient's value")
    try validateLimit(norm, "the limit of the gradients' norm")
  }
}

private func validateLimit(_ limit: Float?, _ name: String) throws(NetworkError) {
  if let limit, !limit.isFinite || limit <= 0 {
    throw .invalid(name, value: "\(limit)", wanted: "a positive number such as 1")
  }
}
