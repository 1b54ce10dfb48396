import ArgumentParser
import Lamina
import LaminaConfiguration
import LaminaData

/// The options of the loss, which training minimises.
struct LossArguments: ParsableArguments {
  @Option(
    """
    \(Loss.help). (default: softmax_cross_entropy for classes, logistic_cross_entropy for labels, \
    mse for numbers)
    """, value: "name") var loss: Loss?

  @Option(
    """
    The reduction of the losses of a batch: mean, sum, or mean_of_elements, the mean over \
    examples and outputs. (default: PyTorch's for the loss)
    """, value: "name") var reduction: Reduction?

  @Option(
    "The activation of the output layer. (default: what the loss needs, or identity)",
    value: "activation") var outputActivation: Activation?

  @Option(
    """
    The factor of the losses of each class: one number per class, or balanced for \
    examples / (classes that occur * examples of the class).
    """, value: "balanced|numbers", parsing: .unconditional) var classWeights: ClassWeights?

  @Option(
    "The probability above which a label is predicted: one for all, or one per label. (default: 0.5)",
    value: "numbers", parsing: .unconditional) var thresholds: Thresholds?
}
