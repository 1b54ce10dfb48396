import ArgumentParser
import Lamina
import LaminaConfiguration

/// What decides the result of a training: network, rule and seed.
struct TrainingArguments: ParsableArguments {
  @OptionGroup(title: "Network")
  var network: NetworkArguments

  @OptionGroup(title: "Loss")
  var loss: LossArguments

  @OptionGroup(title: "Optimizer")
  var optimizer: OptimizerArguments

  @OptionGroup(title: "Regularization")
  var regularization: RegularizationArguments

  @Option(parsing: .unconditional, help: "Passes over the training set.")
  var epochs = 15

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Examples a step; 1 trains online. (default: 64, or all where there are fewer)",
      valueName: "number|all"),
    transform: BatchSize.init(parsing:))
  var batchSize: BatchSize?

  @Option(
    parsing: .unconditional,
    help: "Names the initial weights, the order of examples and what dropout drops.")
  var seed: UInt64 = 1

  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Visit the examples in an order of its own in each epoch, or in that of the file.")
  var shuffle = true

  @Option(parsing: .unconditional, help: "End after this many steps, whatever --epochs says.")
  var steps: Int?

  /// The options of the trainer for `count` examples; refused where they make no sense for any
  /// data.
  func options(exampleCount count: Int = .max) throws -> TrainingOptions {
    let options = TrainingOptions(
      batchSize: batchSize.map(\.count) ?? min(64, count), epochs: epochs,
      rule: regularization.rule(try optimizer.rule()),
      schedule: optimizer.learningRateSchedule, accumulation: optimizer.accumulation, seed: seed,
      shuffles: shuffle, stepLimit: steps)
    try options.validate(exampleCount: .max)
    return options
  }
}

/// The examples of a step, as `64` or `all` write them.
enum BatchSize: CustomStringConvertible, Sendable {
  case all
  case examples(Int)

  /// Reads what follows `--batch-size`.
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
