import Lamina
import LaminaConfiguration

/// The schedule of the learning rate, as the user wrote it.
struct ScheduleChoice: CustomStringConvertible, Sendable {
  let description: String
  let decay: LearningRateSchedule.Decay

  static let constant = ScheduleChoice(description: "constant", decay: .constant)
}

extension ScheduleChoice: OptionValue {
  private static let names = [
    "constant", "step", "exponential", "cosine", "one_cycle", "reduce_on_plateau",
  ]

  init(parsing text: String) throws {
    self.init(description: text, decay: try Self.decay(of: try Call(parsing: text)))
    try LearningRateSchedule(decay).validate()
  }

  private static func decay(of call: Call) throws -> LearningRateSchedule.Decay {
    switch call.name {
    case "constant":
      _ = try CallArguments(call, names: [])
      return .constant
    case "step":
      let arguments = try CallArguments(call, names: ["every", "factor"])
      return .step(
        every: try arguments.integer("every"), factor: try arguments.number("factor", default: 0.1))
    case "exponential":
      let arguments = try CallArguments(call, names: ["factor"])
      return .exponential(factor: try arguments.number("factor"))
    case "cosine":
      let arguments = try CallArguments(call, names: ["to"])
      return .cosine(to: try arguments.number("to", default: 0))
    case "one_cycle": return .oneCycle(try oneCycle(call))
    case "reduce_on_plateau": return .reduceOnPlateau(try plateau(call))
    default:
      throw TextError(
        "there is no schedule '\(call.name)'"
          + NearestName.suggestion(for: call.name, among: names))
    }
  }

  private static func oneCycle(_ call: Call) throws -> OneCycle {
    let arguments = try CallArguments(call, names: ["rise", "start_divisor", "end_divisor"])
    let standard = OneCycle()
    return OneCycle(
      rise: try arguments.number("rise", default: standard.rise),
      startDivisor: try arguments.number("start_divisor", default: standard.startDivisor),
      endDivisor: try arguments.number("end_divisor", default: standard.endDivisor))
  }

  private static func plateau(_ call: Call) throws -> ReduceOnPlateau {
    let arguments = try CallArguments(
      call, names: ["factor", "patience", "threshold", "minimum", "metric"])
    let standard = ReduceOnPlateau()
    return ReduceOnPlateau(
      factor: try arguments.number("factor", default: standard.factor),
      patience: try arguments.integer("patience", default: standard.patience),
      threshold: try arguments.number("threshold", default: standard.threshold),
      minimum: try arguments.number("minimum", default: standard.minimum),
      metric: try arguments.choice("metric", default: standard.metric))
  }
}

/// The length of a warm-up, written as `500 steps`, `500` or `2 epochs`.
struct WarmUpLength: OptionValue, CustomStringConvertible, Sendable {
  let description: String
  let warmUp: LearningRateSchedule.WarmUp

  init(parsing text: String) throws {
    description = text
    let words = text.split(separator: " ")
    guard let first = words.first, let count = Int(first), count > 0, words.count <= 2 else {
      throw TextError("give a number of steps or epochs, such as '500 steps' or '2 epochs'")
    }
    switch words.dropFirst().first {
    case nil, "steps", "step": warmUp = .steps(count)
    case "epochs", "epoch": warmUp = .epochs(count)
    case let unit?: throw TextError("the unit of a warm-up is steps or epochs, not '\(unit)'")
    }
  }
}
