/// `parameters -= rate · sign(β₁ · mean + (1 - β₁) · gradient)`, then `mean = β₂ · mean + (1 - β₂)
/// · gradient`. The sign of 0 is 0.
///
/// The decoupled weight decay, which is part of the formula in the paper, is
/// ``UpdateRule/weightDecay``. Source: Chen et al., "Symbolic discovery of optimization
/// algorithms", NeurIPS 2023.
public struct Lion: Sendable, Hashable, Codable {
  /// The distance that each parameter moves in a step; positive.
  public var learningRate: Float
  /// The share of the mean in the direction of a step, in `0 ..< 1`.
  public var beta1: Double
  /// The share of the mean that a step keeps, in `0 ..< 1`.
  public var beta2: Double

  /// The paper's defaults unless told otherwise.
  public init(learningRate: Float = 1e-4, beta1: Double = 0.9, beta2: Double = 0.99) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
  }
}

extension Lion: OptimizerRule {
  /// The name of its files.
  public static let name = "lion"
  /// The numbers that users may choose.
  public static let arguments = [
    OptimizerArgument("beta1", \Lion.beta1), OptimizerArgument("beta2", \.beta2),
  ]
  /// The numbers that it keeps for each parameter.
  public var state: [OptimizerState] { [OptimizerState("means")] }

  /// Rate, `β₁`, `1 - β₁`, `β₂`, `1 - β₂`.
  public func coefficients(_ arguments: StepArguments) -> OptimizerCoefficients {
    [
      learningRate * arguments.learningRateFactor, Float(beta1), Float(1 - beta1), Float(beta2),
      Float(1 - beta2),
    ]
  }

  /// Refuses values with which no training makes sense.
  public func validate() throws(NetworkError) {
    try validateShare(beta1, "beta 1, the share of the mean in the direction of a step,")
    try validateShare(beta2, "beta 2, the share of the mean that a step keeps,")
  }
}
