/// `squares += gradient²`, `parameters -= rate · gradient / (√squares + ε)`.
///
/// The form of PyTorch's `optim.Adagrad` without decay of the rate. Source: Duchi, Hazan and Singer,
/// "Adaptive subgradient methods for online learning and stochastic optimization", JMLR 2011.
public struct Adagrad: Sendable, Hashable, Codable {
  /// The size of a first step; positive.
  public var learningRate: Float
  /// Keeps the divisor from zero; positive.
  public var epsilon: Float

  /// PyTorch's defaults unless told otherwise.
  public init(learningRate: Float = 0.01, epsilon: Float = 1e-10) {
    self.learningRate = learningRate
    self.epsilon = epsilon
  }
}

extension Adagrad: OptimizerRule {
  /// The name of its files.
  public static let name = "adagrad"
  /// The numbers that users may choose.
  public static let arguments = [OptimizerArgument("epsilon", \Adagrad.epsilon)]
  /// The numbers that it keeps for each parameter.
  public var state: [OptimizerState] { [OptimizerState("squares", isNonnegative: true)] }

  /// Rate and epsilon.
  public func coefficients(_ arguments: StepArguments) -> OptimizerCoefficients {
    [learningRate * arguments.learningRateFactor, epsilon]
  }

  /// Refuses values with which no training makes sense.
  public func validate() throws(NetworkError) { try validateEpsilon(epsilon) }
}
