import ArgumentParser
import Lamina
import LaminaConfiguration

/// The options that limit overfitting, and the size of weights and gradients.
struct RegularizationArguments: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "Add this times the sum of the magnitudes of the weights to the loss.") var l1: Float = 0

  @Option(
    parsing: .unconditional,
    help: "Add half of this times the sum of the squared weights to the loss.") var l2: Float = 0

  @Option(
    parsing: .unconditional,
    help: """
      In each step, multiply the weights by 1 - learning rate * this. (default: 0; 0.01 with adamw)
      """) var weightDecay: Float?

  @Option(parsing: .unconditional, help: "The maximum norm of the incoming weights of a unit.")
  var maxNorm: Float?

  @Option(parsing: .unconditional, help: "The maximum magnitude of each gradient.")
  var clipValue: Float?

  @Option(parsing: .unconditional, help: "The maximum norm of all gradients together.")
  var clipNorm: Float?

  @Option(
    """
    Stop after this many epochs without progress on the validation part, and return to the best \
    epoch; also patience=5, minimum_delta=0.001, metric=loss|accuracy.
    """, value: "epochs", parsing: .unconditional) var earlyStopping: EarlyStoppingChoice?

  /// The update rule with an optimiser.
  func rule(_ optimizer: Optimizer) -> UpdateRule {
    UpdateRule(
      optimizer, penalties: Penalties(l1: l1, l2: l2),
      clipping: GradientClipping(value: clipValue, norm: clipNorm), weightDecay: weightDecay,
      maxNorm: maxNorm)
  }
}

/// The rule of early stopping, written as `5` or `patience=5, metric=accuracy`.
struct EarlyStoppingChoice: OptionValue, CustomStringConvertible, Sendable {
  let description: String
  let rule: EarlyStopping

  init(parsing text: String) throws {
    description = text
    let arguments = try CallArguments(
      try Call.arguments(parsing: text), of: "early stopping",
      names: ["patience", "minimum_delta", "metric"])
    rule = EarlyStopping(
      patience: try arguments.integer("patience"),
      minimumDelta: try arguments.number("minimum_delta", default: 0),
      metric: try arguments.choice("metric", default: .loss))
    try rule.validate()
  }
}
