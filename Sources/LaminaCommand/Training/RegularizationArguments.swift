import ArgumentParser
import Lamina
import LaminaConfiguration

/// What keeps a network from learning its examples by heart, and its gradients small.
struct RegularizationArguments: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "Add this times the sum of the weights' magnitudes to the loss.")
  var l1: Float = 0

  @Option(
    parsing: .unconditional, help: "Add half of this times the sum of the weights' squares.")
  var l2: Float = 0

  @Option(
    parsing: .unconditional,
    help: "Take learning rate times this off each weight in a step. (default: 0; 0.01 with adamw)")
  var weightDecay: Float?

  @Option(parsing: .unconditional, help: "The greatest length of a unit's incoming weights.")
  var maxNorm: Float?

  @Option(parsing: .unconditional, help: "The greatest magnitude of one gradient.")
  var clipValue: Float?

  @Option(parsing: .unconditional, help: "The greatest length of all gradients together.")
  var clipNorm: Float?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Stop after this many epochs without progress on the validation part, and go back to the best \
      one; also patience=5, minimum_delta=0.001, metric=loss|accuracy.
      """, valueName: "epochs"),
    transform: EarlyStoppingChoice.init(parsing:))
  var earlyStopping: EarlyStoppingChoice?

  /// The rule of updates with an optimiser.
  func rule(_ optimizer: Optimizer) -> UpdateRule {
    UpdateRule(
      optimizer, penalties: Penalties(l1: l1, l2: l2),
      clipping: GradientClipping(value: clipValue, norm: clipNorm), weightDecay: weightDecay,
      maxNorm: maxNorm)
  }
}

/// When to stop early, as `5` or `patience=5, metric=accuracy` write it.
struct EarlyStoppingChoice: CustomStringConvertible, Sendable {
  let description: String
  let rule: EarlyStopping

  /// Reads what follows `--early-stopping`.
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
