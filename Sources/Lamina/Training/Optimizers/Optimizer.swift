/// How gradients change parameters.
public enum Optimizer: Sendable, Hashable, Codable {
  /// Gradient descent, plain, with momentum, or with Nesterov's.
  case sgd(SGD)
  case adagrad(Adagrad)
  case rmsProp(RMSProp)
  case adam(Adam)
  /// Adam, with a decoupled weight decay of 0.01 where ``UpdateRule/weightDecay`` leaves it open.
  case adamW(Adam)

  /// The size of a step before any schedule.
  public var learningRate: Float { rule.learningRate }

  /// The share of the velocity that a step keeps; 0 where there is none.
  public var momentum: Float {
    switch self {
    case .sgd(let rule): rule.momentum
    case .rmsProp(let rule): rule.momentum
    case .adagrad, .adam, .adamW: 0
    }
  }

  /// The decoupled weight decay where the rule of updates names none.
  public var defaultWeightDecay: Float {
    if case .adamW = self { 0.01 } else { 0 }
  }

  /// Refuses values with which no training makes sense.
  public func validate() throws(NetworkError) {
    let rule = rule
    guard rule.learningRate.isFinite, rule.learningRate > 0 else {
      throw .invalid(
        "the learning rate", value: "\(rule.learningRate)", wanted: "a positive number such as 0.01"
      )
    }
    try rule.validate()
  }

  /// The value of the case.
  public var rule: any OptimizerRule {
    switch self {
    case .sgd(let rule): rule
    case .adagrad(let rule): rule
    case .rmsProp(let rule): rule
    case .adam(let rule), .adamW(let rule): rule
    }
  }
}

/// One optimiser: a pass over all parameters of a network, element by element.
///
/// Backends find its formula by ``name`` (`Kernels/optimizers`, `LaminaCPU/Optimizers`). A formula
/// sees an element's parameter, gradient and state, and the ``coefficients(_:)`` of the step.
public protocol OptimizerRule: Sendable {
  /// Its name in files and options.
  static var name: String { get }
  /// The size of a step before any schedule.
  var learningRate: Float { get }
  /// The numbers that it keeps for each parameter; they start at zero.
  var state: [OptimizerState] { get }
  /// The numbers of its formula in a step, in the order in which the formula takes them.
  func coefficients(_ arguments: StepArguments) -> [Float]
  /// Refuses senseless values of everything but the learning rate.
  func validate() throws(NetworkError)
}

/// A number that an optimiser keeps for each parameter.
public struct OptimizerState: Sendable, Hashable {
  /// Its name, such as `velocity`.
  public let name: String
  /// Whether it can't be negative: a sum of squares.
  public let isNonnegative: Bool

  /// Names a number.
  public init(_ name: String, isNonnegative: Bool = false) {
    self.name = name
    self.isNonnegative = isNonnegative
  }
}

extension OptimizerRule {
  /// ``name`` of its type.
  public var name: String { Self.name }

  func validateMomentum(_ momentum: Float) throws(NetworkError) {
    guard momentum.isFinite, momentum >= 0, momentum < 1 else {
      throw .invalid("the momentum", value: "\(momentum)", wanted: "a number from 0 up to 1")
    }
  }

  func validateShare(_ share: Double, _ name: String) throws(NetworkError) {
    guard share.isFinite, share >= 0, share < 1 else {
      throw .invalid(name, value: "\(share)", wanted: "a number from 0 up to 1")
    }
  }

  /// A divisor of zero would make NaN of parameters without gradient. Processors that take
  /// subnormal numbers for zero want a normal one.
  func validateEpsilon(_ epsilon: Float) throws(NetworkError) {
    guard epsilon.isFinite, epsilon >= .leastNormalMagnitude else {
      throw .invalid("epsilon", value: "\(epsilon)", wanted: "a positive number such as 1e-8")
    }
  }
}
