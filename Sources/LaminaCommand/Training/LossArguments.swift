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
    """
    The probability above which a label is predicted: one for all, or one per label; or f1, which \
    finds those that maximise F1 on the validation part. Also for the second of two classes. \
    (default: 0.5)
    """, value: "numbers|f1", parsing: .unconditional) var thresholds: ThresholdChoice?

  @Option(
    """
    Make the probabilities agree with the shares of right answers on the validation part: \
    temperature divides the logits by one number, which minimises the log loss.
    """, value: "temperature") var calibrate: CalibrationMethod?

  /// What is chosen on the validation part after training.
  var choice: OutputChoice {
    var choice = OutputChoice(fitsTemperature: calibrate == .temperature)
    if case .bestF1 = thresholds { choice.findsThresholds = true }
    return choice
  }
}
