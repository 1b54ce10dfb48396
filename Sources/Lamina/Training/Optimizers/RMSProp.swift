/// `squares = α · squares + (1 - α) · gradient²`, `change = gradient / (√squares + ε)`,
/// `parameters -= rate · change`.
///
/// With momentum, `velocity = momentum · velocity + change` and `parameters -= rate · velocity`.
///
/// The form of PyTorch's `optim.RMSprop`, not centered. Source: Tieleman and Hinton, "Lecture 6.5 -
/// RMSProp", Coursera 2012.
public struct RMSProp: Sendable, Hashable, Codable {
  /// The size of a step; positive.
  public var learningRate: Float
  /// The share of the mean of squares that a step keeps, in `0 ..< 1`.
  public var alpha: Double
  /// Keeps the divisor from zero; positive.
  public var epsilon: Float
  /// The share of the velocity that a step keeps, in `0 ..< 1`.
  public var momentum: Float

  /// PyTorch's defaults unless told otherwise.
  public init(
    learningRate: Float = 0.01, alpha: Double = 0.99, epsilon: Float = 1e-8, momentum: Float = 0
  ) {
    self.learningRate = learningRate
    self.alpha = alpha
    self.epsilon = epsilon
    self.momentum = momentum
  }
}

extension RMSProp: OptimizerRule {
  /// The name of its files.
  public static let name = "rms_prop"
  /// The numbers that users may choose.
  public static let arguments = [
    OptimizerArgument("alpha", \RMSProp.alpha), OptimizerArgument("epsilon", \.epsilon),
    OptimizerArgument("momentum", \.momentum),
  ]
  /// The numbers that it keeps for each parameter.
  public var state: [OptimizerState] {
    [OptimizerState("squares", isNonnegative: true)]
      + (momentum == 0 ? [] : [OptimizerState("velocity")])
  }

  /// Rate, alpha, one less alpha, epsilon, momentum.
  public func coefficients(_ arguments: StepArguments) -> OptimizerCoefficients {
    [
      learningRate * arguments.learningRateFactor, Float(alpha), Float(1 - alpha), epsilon,
      momentum,
    ]
  }

  /// Refuses values with which no training makes sense.
  public func validate() throws(NetworkError) {
    try validateShare(alpha, "alpha, the share of the mean of squares that a step keeps,")
    try validateEpsilon(epsilon)
    try validateMomentum(momentum)
  }
}
