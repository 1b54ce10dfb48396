import ArgumentParser
import Lamina
import LaminaConfiguration

/// The network to train.
struct NetworkArguments: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      The hidden layers, or none: sizes, each with --activation or an activation of its own, and \
      dropout(0.5), batch_normalization, layer_normalization, maxout(64, pieces=3), \
      residual(64, 64), or an activation alone. (default: 128,64, or those of --initial-model)
      """, valueName: "layers"),
    transform: HiddenLayers.init(parsing:))
  var hidden: HiddenLayers?

  @Option(
    help: ArgumentHelp(
      "What follows each hidden layer that names none: \(Activation.help). (default: relu)",
      valueName: "name"),
    transform: Activation.init(parsing:))
  var activation: Activation?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      How the first weights are drawn: pytorch, zeros, glorot_uniform, glorot_normal, he_uniform, \
      he_normal, lecun_uniform, lecun_normal, constant(0.5), uniform(-0.05, 0.05) or \
      normal(mean=0, deviation=0.05). (default: pytorch)
      """, valueName: "name"),
    transform: InitializationChoice.init(parsing:))
  var initialization: InitializationChoice?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The first biases: pytorch, or a number. (default: 0; pytorch with that initialization)",
      valueName: "pytorch|number"),
    transform: BiasChoice.init(parsing:))
  var bias: BiasChoice?

  /// The hidden layers.
  func hiddenLayers() throws -> [Layer] {
    try (hidden ?? HiddenLayers(parsing: "128,64")).layers(activation: activation ?? .relu)
  }

  /// How the first parameters are chosen.
  var parameterInitialization: Initialization {
    let weights = initialization?.weights ?? .pyTorch
    return Initialization(
      weights, bias: bias?.bias ?? (weights == .pyTorch ? .pyTorch : .constant(0)))
  }
}
