/// `mean += (1 - β₁) · (gradient - mean)`, `squares = β₂ · squares + (1 - β₂) · gradient²`,
/// `parameters -= rate / (1 - β₁ᵗ) · mean / (√squares / √(1 - β₂ᵗ) + ε)` in step `t`, counted from 1.
///
/// The form of PyTorch's `optim.Adam` and `optim.AdamW` without AMSGrad. Sources: Kingma and Ba,
/// "Adam: a method for stochastic optimization", ICLR 2015; Loshchilov and Hutter, "Decoupled weight
/// decay regularization", ICLR 2019.
public struct Adam: Sendable, Hashable, Codable {
  /// The size of a step; positive.
  public var learningRate: Float
  /// The share of the mean that a step keeps, in `0 ..< 1`. A `Double` like ``beta2``, because the
  /// formula uses `1 - β`, of which a `Float` would keep only five digits.
  public var beta1: Double
  /// The share of the mean of squares that a step keeps, in `0 ..< 1`.
  public var beta2: Double
  /// Keeps the divisor from zero; positive.
  public var epsilon: Float

  /// PyTorch's defaults unless told otherwise.
  public init(
    learningRate: Float = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Float = 1e-8
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
  }
}

extension Adam: OptimizerRule {
  /// The name of its files.
  public static let name = "adam"
  /// The numbers that users may choose.
  public static let arguments = [
    OptimizerArgument("beta1", \Adam.beta1), OptimizerArgument("beta2", \.beta2),
    OptimizerArgument("epsilon", \.epsilon),
  ]
  /// The numbers that it keeps for each parameter.
  public var state: [OptimizerState] {
    [OptimizerState("means"), OptimizerState("squares", isNonnegative: true)]
  }

  /// `1 - β₁`, `β₂`, `1 - β₂`, `ε`, `rate / (1 - β₁ᵗ)`, `1 / √(1 - β₂ᵗ)`.
  public func coefficients(_ arguments: StepArguments) -> OptimizerCoefficients {
    let rate = Double(learningRate) * Double(arguments.learningRateFactor)
    return [
      Float(1 - beta1), Float(beta2), Float(1 - beta2), epsilon,
      Float(rate / (1 - beta1.power(arguments.step))),
      Float(1 / (1 - beta2.power(arguments.step)).squareRoot()),
    ]
  }

  /// Refuses values with which no training makes sense.
  public func validate() throws(NetworkError) {
    try validateShare(beta1, "beta 1, the share of the mean that a step keeps,")
    try validateShare(beta2, "beta 2, the share of the mean of squares that a step keeps,")
    try validateEpsilon(epsilon)
  }
}

extension Double {
  /// The product of `exponent >= 0` factors, by squaring.
  fileprivate func power(_ exponent: Int) -> Double {
    var (result, square, rest) = (1.0, self, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }
}
