/// The optimiser: the formula by which gradients change parameters.
public enum Optimizer: Sendable, Hashable, Codable {
  /// Gradient descent, plain, with momentum, or with Nesterov's.
  case sgd(SGD)
  case adagrad(Adagrad)
  case rmsProp(RMSProp)
  case adam(Adam)
  /// Adam, with a decoupled weight decay of 0.01 where ``UpdateRule/weightDecay`` leaves it open.
  case adamW(Adam)
  case lion(Lion)

  /// The size of a step before any schedule.
  public var learningRate: Float { rule.learningRate }

  /// The share of the velocity that a step keeps; 0 without momentum.
  public var momentum: Float { Float(arguments["momentum"] ?? 0) }

  /// The decoupled weight decay where the rule of updates names none.
  public var defaultWeightDecay: Float {
    if case .adamW = self { 0.01 } else { 0 }
  }

  /// Refuses values with which no training makes sense.
  public func validate() throws(NetworkError) {
    let rule = rule
    try require(
      rule.learningRate.isFinite && rule.learningRate > 0, "the learning rate",
      is: rule.learningRate, wanted: "a positive number such as 0.01")
    try rule.validate()
  }

  /// All optimisers with their usual numbers, by the names that options and files have for them.
  public static let usual: KeyValuePairs<String, Optimizer> = [
    "sgd": .sgd(SGD(momentum: 0.9)), "nesterov": .sgd(SGD(momentum: 0.9, nesterov: true)),
    "adagrad": .adagrad(Adagrad()), "rmsprop": .rmsProp(RMSProp()), "adam": .adam(Adam()),
    "adamw": .adamW(Adam()), "lion": .lion(Lion()),
  ]

  /// The value of the case.
  public var rule: any OptimizerRule {
    switch self {
    case .sgd(let rule): rule
    case .adagrad(let rule): rule
    case .rmsProp(let rule): rule
    case .adam(let rule), .adamW(let rule): rule
    case .lion(let rule): rule
    }
  }

  /// The same optimiser with one number changed: the learning rate, or one of ``arguments``.
  ///
  /// - Returns: Nil if it has no such number.
  public func setting(_ name: String, to value: Double) -> Optimizer? {
    switch self {
    case .sgd(let rule): rule.setting(name, to: value).map(Optimizer.sgd)
    case .adagrad(let rule): rule.setting(name, to: value).map(Optimizer.adagrad)
    case .rmsProp(let rule): rule.setting(name, to: value).map(Optimizer.rmsProp)
    case .adam(let rule): rule.setting(name, to: value).map(Optimizer.adam)
    case .adamW(let rule): rule.setting(name, to: value).map(Optimizer.adamW)
    case .lion(let rule): rule.setting(name, to: value).map(Optimizer.lion)
    }
  }
}

extension Optimizer {
  /// The name that options and files have for it.
  public var name: String {
    func kind(_ optimizer: Optimizer) -> String {
      let looksAhead = if case .sgd(let rule) = optimizer { rule.nesterov } else { false }
      return "\(optimizer.caseName) \(looksAhead)"
    }
    return Self.usual.first { kind($0.value) == kind(self) }?.key ?? rule.name
  }

  /// The name of the case, which tells AdamW from Adam.
  private var caseName: String { Mirror(reflecting: self).children.first?.label ?? rule.name }

  /// Its numbers besides the learning rate, by name.
  public var arguments: [String: Double] {
    func values<Rule: OptimizerRule>(of rule: Rule) -> [String: Double] {
      Dictionary(uniqueKeysWithValues: Rule.arguments.map { ($0.name, $0.get(rule)) })
    }
    return values(of: rule)
  }

  /// The names of ``arguments``, in order.
  public var argumentNames: [String] {
    func names<Rule: OptimizerRule>(of rule: Rule) -> [String] { Rule.arguments.map(\.name) }
    return names(of: rule)
  }
}

/// One optimiser: a pass over all parameters of a network, element by element.
///
/// Backends find its formula by ``name`` (`Kernels/optimizers`, `LaminaCPU/Optimizers`). A formula
/// uses an element's parameter, gradient and state, and the ``coefficients(_:)`` of the step.
public protocol OptimizerRule: Sendable {
  /// Its name in files and options.
  static var name: String { get }
  /// The numbers that users can choose, besides the learning rate, by their names in options and
  /// files. Their defaults are those of the initialiser.
  static var arguments: [OptimizerArgument<Self>] { get }
  /// The size of a step before any schedule.
  var learningRate: Float { get set }
  /// The numbers that it keeps for each parameter; they start at zero.
  var state: [OptimizerState] { get }
  /// The numbers of its formula in a step, in the order in which the formula takes them.
  func coefficients(_ arguments: StepArguments) -> OptimizerCoefficients
  /// Refuses senseless values of everything but the learning rate.
  func validate() throws(NetworkError)
}

/// A number of an optimiser that users may choose.
public struct OptimizerArgument<Rule>: Sendable {
  /// Its name in options and files.
  public let name: String
  let get: @Sendable (Rule) -> Double
  let set: @Sendable (inout Rule, Double) -> Void

  /// Names a property.
  public init(_ name: String, _ path: any (WritableKeyPath<Rule, Double> & Sendable)) {
    self.name = name
    get = { $0[keyPath: path] }
    set = { $0[keyPath: path] = $1 }
  }

  /// Names a property.
  public init(_ name: String, _ path: any (WritableKeyPath<Rule, Float> & Sendable)) {
    self.name = name
    get = { Double($0[keyPath: path]) }
    set = { $0[keyPath: path] = Float($1) }
  }
}

/// A number that an optimiser keeps for each parameter.
public struct OptimizerState: Sendable, Hashable {
  /// Its name, such as `velocity`.
  public let name: String
  /// Whether it is never negative, such as a sum of squares.
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

  /// The same rule with one number changed; nil if it has no such number.
  func setting(_ name: String, to value: Double) -> Self? {
    var rule = self
    if name == "learning_rate" {
      rule.learningRate = Float(value)
    } else if let argument = Self.arguments.first(where: { $0.name == name }) {
      argument.set(&rule, value)
    } else {
      return nil
    }
    return rule
  }

  func validateMomentum(_ momentum: Float) throws(NetworkError) {
    try require(
      momentum.isFinite && momentum >= 0 && momentum < 1, "the momentum", is: momentum,
      wanted: "a number from 0 up to 1")
  }

  func validateShare(_ share: Double, _ name: String) throws(NetworkError) {
    try require(
      share.isFinite && share >= 0 && share < 1, name, is: share, wanted: "a number from 0 up to 1")
  }

  /// Refuses an epsilon of zero, with which parameters without gradient would become NaN. It also
  /// has to be a normal number, because some processors treat subnormal numbers as zero.
  func validateEpsilon(_ epsilon: Float) throws(NetworkError) {
    try require(
      epsilon.isFinite && epsilon >= .leastNormalMagnitude, "epsilon", is: epsilon,
      wanted: "a positive number such as 1e-8")
  }
}
