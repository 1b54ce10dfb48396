import ArgumentParser
import Lamina
import LaminaConfiguration

/// How gradients change parameters.
struct OptimizerArguments: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      sgd, nesterov, adagrad, rmsprop, adam or adamw, also with arguments: \
      adam(beta1=0.9, beta2=0.999, epsilon=1e-8), rmsprop(alpha=0.99, epsilon=1e-8), \
      adagrad(epsilon=1e-10).
      """, valueName: "name"),
    transform: OptimizerChoice.init(parsing:))
  var optimizer = OptimizerChoice.sgd

  @Option(
    parsing: .unconditional,
    help: "The size of a step. (default: 0.01; 0.001 with adam and adamw)")
  var learningRate: Float?

  @Option(
    parsing: .unconditional,
    help: "The share of the last step that the next one keeps. (default: 0.9; 0 with rmsprop)")
  var momentum: Float?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      How the learning rate changes: constant, step(every=5, factor=0.1), exponential(0.95), \
      cosine(to=0), one_cycle(rise=0.3, start_divisor=25, end_divisor=10000) or \
      reduce_on_plateau(factor=0.1, patience=10, threshold=0.0001, minimum=0, metric=loss).
      """, valueName: "name"),
    transform: ScheduleChoice.init(parsing:))
  var schedule = ScheduleChoice.constant

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Let the learning rate rise linearly at first, such as '500 steps' or '2 epochs'.",
      valueName: "length"),
    transform: WarmUpLength.init(parsing:))
  var warmUp: WarmUpLength?

  @Option(
    parsing: .unconditional,
    help: "Cut each batch into this many parts and add up their gradients.")
  var accumulation = 1

  /// The optimiser with its learning rate.
  func rule() throws -> Optimizer {
    try optimizer.optimizer(learningRate: learningRate, momentum: momentum)
  }

  /// The learning rate over the steps.
  var learningRateSchedule: LearningRateSchedule {
    LearningRateSchedule(schedule.decay, warmUp: warmUp?.warmUp)
  }
}

/// An optimiser as the user wrote it, still without its learning rate.
struct OptimizerChoice: CustomStringConvertible, Sendable {
  let description: String
  private let call: Call
  private let arguments: CallArguments

  static let sgd = OptimizerChoice(known: "sgd")

  /// The names with their arguments.
  private static let names: KeyValuePairs = [
    "sgd": [], "nesterov": [], "adagrad": ["epsilon"], "rmsprop": ["alpha", "epsilon"],
    "adam": ["beta1", "beta2", "epsilon"], "adamw": ["beta1", "beta2", "epsilon"],
  ]

  private init(known text: String) {
    do { try self.init(parsing: text) } catch { preconditionFailure("\(error)") }
  }

  /// Reads what follows `--optimizer`.
  init(parsing text: String) throws {
    description = text
    call = try Call(parsing: text)
    let name = call.name
    guard let known = Self.names.first(where: { $0.key == name }) else {
      throw TextError(
        "there is no optimizer '\(name)'"
          + NearestName.suggestion(for: name, among: Self.names.map(\.key)))
    }
    arguments = try CallArguments(call, names: known.value)
    _ = try optimizer(learningRate: nil, momentum: nil)
  }

  /// The optimiser; what is nil has its default.
  func optimizer(learningRate rate: Float?, momentum: Float?) throws -> Optimizer {
    switch call.name {
    case "adagrad":
      try refuse(momentum)
      return .adagrad(Adagrad(learningRate: rate ?? 0.01, epsilon: try epsilon(default: 1e-10)))
    case "rmsprop":
      return .rmsProp(
        RMSProp(
          learningRate: rate ?? 0.01, alpha: try arguments.number("alpha", default: 0.99),
          epsilon: try epsilon(default: 1e-8), momentum: momentum ?? 0))
    case "adam", "adamw":
      try refuse(momentum)
      let adam = Adam(
        learningRate: rate ?? 0.001, beta1: try arguments.number("beta1", default: 0.9),
        beta2: try arguments.number("beta2", default: 0.999), epsilon: try epsilon(default: 1e-8))
      return call.name == "adam" ? .adam(adam) : .adamW(adam)
    default:
      return .sgd(
        SGD(
          learningRate: rate ?? SGD.defaultLearningRate, momentum: momentum ?? 0.9,
          nesterov: call.name == "nesterov"))
    }
  }

  private func epsilon(default standard: Double) throws -> Float {
    Float(try arguments.number("epsilon", default: standard))
  }

  private func refuse(_ momentum: Float?) throws {
    if momentum != nil {
      throw InputError(
        "--momentum has no meaning with \(call.name); it is for sgd, nesterov and rmsprop")
    }
  }
}
