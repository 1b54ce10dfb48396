import ArgumentParser
import Lamina
import LaminaConfiguration

/// The network to train.
struct NetworkArguments: ParsableArguments {
  @Option(
    """
    The hidden layers, separated by commas, or none: sizes such as 128 or, with an activation, \
    64 tanh; dropout(0.5), batch_normalization, layer_normalization, maxout(64, pieces=3), \
    residual(64, 64), or only an activation. (default: 128,64, or those of the initial model)
    """, value: "layers", parsing: .unconditional) var hidden: HiddenLayers?

  @Option(
    "What follows each hidden layer that names none: \(Activation.help). (default: relu)",
    value: "name") var activation: Activation?

  @Option(
    """
    The initial weights: pytorch, zeros, glorot_uniform, glorot_normal, he_uniform, \
    he_normal, lecun_uniform, lecun_normal, constant(0.5), uniform(-0.05, 0.05) or \
    normal(mean=0, deviation=0.05). (default: pytorch)
    """, value: "name", parsing: .unconditional) var initialization: InitializationChoice?

  @Option(
    """
    The initial biases: pytorch, or a number. (default: pytorch with --initialization pytorch, \
    otherwise 0)
    """, value: "pytorch|number", parsing: .unconditional) var bias: BiasChoice?

  /// The hidden layers.
  func hiddenLayers() throws -> [Layer] {
    try (hidden ?? HiddenLayers(parsing: "128,64")).layers(activation: activation ?? .relu)
  }

  /// The initialization of the parameters.
  var parameterInitialization: Initialization {
    let weights = initialization?.weights ?? .pyTorch
    return Initialization(
      weights, bias: bias?.bias ?? (weights == .pyTorch ? .pyTorch : .constant(0)))
  }
}
