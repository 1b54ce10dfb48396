import Lamina
import LaminaConfiguration

/// The initialization of the weights, as the user wrote it.
struct InitializationChoice: OptionValue, CustomStringConvertible, Sendable {
  let description: String
  let weights: WeightInitialization

  /// The initializations without arguments.
  private static let plain: KeyValuePairs<String, WeightInitialization> = [
    "pytorch": .pyTorch, "zeros": .constant(0), "glorot_uniform": .glorotUniform,
    "glorot_normal": .glorotNormal, "he_uniform": .heUniform, "he_normal": .heNormal,
    "lecun_uniform": .leCunUniform, "lecun_normal": .leCunNormal,
  ]

  init(parsing text: String) throws {
    description = text
    weights = try Self.weights(of: try Call(parsing: text))
    try Initialization(weights).validate()
  }

  private static func weights(of call: Call) throws -> WeightInitialization {
    switch call.name {
    case "constant":
      return .constant(Float(try CallArguments(call, names: ["value"]).number("value")))
    case "uniform":
      let arguments = try CallArguments(call, names: ["low", "high"])
      return .uniform(
        low: Float(try arguments.number("low")), high: Float(try arguments.number("high")))
    case "normal":
      let arguments = try CallArguments(call, names: ["mean", "deviation"])
      return .normal(
        mean: Float(try arguments.number("mean", default: 0)),
        deviation: Float(try arguments.number("deviation")))
    default:
      guard let rule = plain.first(where: { $0.key == call.name }) else {
        let names = plain.map(\.key) + ["constant", "uniform", "normal"]
        throw TextError(
          "there is no initialization '\(call.name)'"
            + NearestName.suggestion(for: call.name, among: names))
      }
      _ = try CallArguments(call, names: [])
      return rule.value
    }
  }
}

/// The initialization of the biases, written as `pytorch` or a number.
struct BiasChoice: OptionValue, CustomStringConvertible, Sendable {
  let description: String
  let bias: BiasInitialization

  init(parsing text: String) throws {
    description = text
    if text == "pytorch" {
      bias = .pyTorch
    } else if let value = Float(text), value.isFinite {
      bias = .constant(value)
    } else {
      throw TextError("give pytorch, or a number such as 0 or 0.1")
    }
  }
}
