import ArgumentParser
import Lamina
import LaminaConfiguration

/// The options that determine the result of a training: network, loss, update rule, length and
/// seed.
struct TrainingArguments: ParsableArguments {
  @OptionGroup(title: "Network") var network: NetworkArguments

  @OptionGroup(title: "Loss") var loss: LossArguments

  @OptionGroup(title: "Optimizer") var optimizer: OptimizerArguments

  @OptionGroup(title: "Regularization") var regularization: RegularizationArguments

  @Option(parsing: .unconditional, help: "Passes over the training set.") var epochs = 15

  @Option(
    "Examples per step; 1 trains online. (default: 64, or all if there are fewer)",
    value: "number|all", parsing: .unconditional) var batchSize: BatchSize?

  @Option(
    parsing: .unconditional,
    help: "The seed of the initial weights, the order of the examples and the dropout masks.")
  var seed: UInt64 = 1

  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Shuffle the examples in each epoch, or take them in the order of the file.")
  var shuffle = true

  @Option(
    parsing: .unconditional, help: "Stop after this many steps, if --epochs does not stop earlier.")
  var steps: Int?

  /// The options of the trainer for `count` examples. Options that are wrong for any data are
  /// refused.
  func options(exampleCount count: Int = .max) throws -> TrainingOptions {
    let options = TrainingOptions(
      batchSize: batchSize.map(\.count) ?? min(64, count), epochs: epochs,
      rule: regularization.rule(try optimizer.rule()), schedule: optimizer.learningRateSchedule,
      accumulation: optimizer.accumulation, seed: seed, shuffles: shuffle, stepLimit: steps)
    try options.validate(exampleCount: .max)
    return options
  }
}

/// The number of examples of a step, written as `64` or `all`.
enum BatchSize: OptionValue, CustomStringConvertible, Sendable {
  case all
  case examples(Int)

  init(parsing text: String) throws {
    if text == "all" {
      self = .all
    } else if let count = Int(text) {
      self = .examples(count)
    } else {
      throw TextError("give a number of examples such as 64, or all")
    }
  }

  /// The number; nil for all.
  var count: Int? { if case .examples(let count) = self { count } else { nil } }

  var description: String { count.map(String.init) ?? "all" }
}
