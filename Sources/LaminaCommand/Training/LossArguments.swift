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

  /// The loss for the data: the given one, which must fit the task, or the default.
  func loss(for data: Dataset) throws(InputError) -> Loss {
    let task = data.targets.task
    let wanted = Self.losses(for: task)
    let loss = loss ?? wanted[0]
    guard wanted.map(\.name).contains(loss.name) else {
      throw InputError(
        "the loss \(loss.name) does not fit the task \(task.rawValue); the losses for it are "
          + wanted.map(\.name).joined(separator: ", "))
    }
    do throws(NetworkError) { try loss.validate(targetsOf: data) } catch {
      throw InputError(error.description)
    }
    return loss
  }

  /// The losses that fit a task, the default first.
  private static func losses(for task: DataTask) -> [Loss] {
    let numbers: [Loss] = [.squaredError, .quadratic, .absoluteError, .huber()]
    return switch task {
    case .classification: Loss.allCases.filter { !$0.isForNumbers }
    case .multiLabel: [.logisticCrossEntropy, .perceptron] + numbers
    // Numbers may be the probabilities of classes.
    case .regression:
      numbers + Loss.allCases.filter(\.isForNumbers)
        + [.softmaxCrossEntropy(), .negativeLogLikelihood, .klDivergence]
    case .autoEncoding: numbers
    }
  }

  /// The activation of the output layer.
  func outputActivation(for loss: Loss) -> Activation {
    outputActivation ?? loss.outputActivations?.first ?? .identity
  }
}
