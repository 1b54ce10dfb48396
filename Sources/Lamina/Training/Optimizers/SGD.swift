/// Stochastic gradient descent, with momentum where there is any:
/// `velocity = momentum · velocity + gradient`, `parameters -= rate · velocity`.
///
/// With Nesterov's momentum, `parameters -= rate · (gradient + momentum · velocity)`.
///
/// The form of PyTorch's `optim.SGD` without dampening: the rate multiplies the velocity, not the
/// gradient.
public struct SGD: Sendable, Hashable, Codable {
  /// The default size of a step.
  public static let defaultLearningRate: Float = 0.01

  /// The size of a step; positive.
  public var learningRate: Float
  /// The share of the velocity that a step keeps, in `0 ..< 1`.
  public var momentum: Float
  /// Whether a step uses the gradient at the position to which the velocity will lead. Needs
  /// momentum.
  public var nesterov: Bool

  /// A rule with the given rate, without momentum unless told otherwise.
  public init(
    learningRate: Float = SGD.defaultLearningRate, momentum: Float = 0, nesterov: Bool = false
  ) {
    self.learningRate = learningRate
    self.momentum = momentum
    self.nesterov = nesterov
  }
}

extension SGD: OptimizerRule {
  /// The name of its files.
  public static let name = "sgd"
  /// The numbers that users may choose.
  public static let arguments = [OptimizerArgument("momentum", \SGD.momentum)]
  /// The numbers that it keeps for each parameter.
  public var state: [OptimizerState] { momentum == 0 ? [] : [OptimizerState("velocity")] }

  /// Rate, momentum, and the momentum once more where a step looks ahead, else 0.
  public func coefficients(_ arguments: StepArguments) -> OptimizerCoefficients {
    [learningRate * arguments.learningRateFactor, momentum, nesterov ? momentum : 0]
  }

  /// Refuses values with which no training makes sense.
  public func validate() throws(NetworkError) {
    try validateMomentum(momentum)
    if nesterov, momentum == 0 {
      throw .mismatch("Nesterov's momentum needs a momentum above 0, such as 0.9")
    }
  }
}
