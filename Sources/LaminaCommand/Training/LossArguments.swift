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
    """, value: "name")
  var loss: Loss?

  @Option(
    """
    The reduction of the losses of a batch: mean, sum, or mean_of_elements, the mean over \
    examples and outputs. (default: PyTorch's for the loss)
    """, value: "name")
  var reduction: Reduction?

  @Option(
    "The activation of the output layer. (default: what the loss needs, or identity)",
    value: "activation")
  var outputActivation: Activation?

  @Option(
    """
    The factor of the losses of each class: one number per class, or balanced for \
    examples / (classes that occur * examples of the class).
    """, value: "balanced|numbers", parsing: .unconditional)
  var classWeights: ClassWeights?

  @Option(
    "The probability above which a label is predicted: one for all, or one per label. (default: 0.5)",
    value: "numbers", parsing: .unconditional)
  var thresholds: Thresholds?

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
    if loss.outputActivations != nil, case .values(let values, _) = data.targets,
      let value = values.first(where: { !(0...1).contains($0) })
    {
      throw InputError(
        "the loss \(loss.name) needs probabilities from 0 to 1 as targets, and a target of "
          + "\(data.name) is \(value); mse takes any numbers")
    }
    return loss
  }

  /// The losses that fit a task, the default first.
  private static func losses(for task: DataTask) -> [Loss] {
    let numbers: [Loss] = [.squaredError, .quadratic, .absoluteError, .huber()]
    return switch task {
    case .classification: Loss.allCases
    case .multiLabel: [.logisticCrossEntropy, .perceptron] + numbers
    // Numbers may be the probabilities of classes.
    case .regression:
      numbers + [.softmaxCrossEntropy(), .negativeLogLikelihood, .klDivergence]
    case .autoEncoding: numbers
    }
  }

  /// The activation of the output layer.
  func outputActivation(for loss: Loss) -> Activation {
    outputActivation ?? loss.outputActivations?.first ?? .identity
  }
}

/// The factors of the losses of the classes, written as `balanced` or `1,2,0.5`.
struct ClassWeights: OptionValue, CustomStringConvertible {
  let description: String
  /// One number per class; nil for balanced weights.
  private let numbers: [Float]?

  init(parsing text: String) throws {
    description = text
    numbers = text == "balanced" ? nil : try Numbers.parse(text).map { Float($0) }
    if let number = numbers?.first(where: { $0 < 0 || !$0.isFinite }) {
      throw TextError(
        "a class has the weight \(number); give 0 or positive numbers that 32-bit floats can hold")
    }
  }

  /// Multiplies the weights of the examples by those of their classes.
  func apply(to dataset: inout Dataset) throws(InputError) {
    guard case .classes(let labels, let names) = dataset.targets else {
      throw InputError("--class-weights is for classes, and \(dataset.name) has none")
    }
    let weights = numbers ?? Self.balanced(labels, count: names.count)
    guard weights.count == names.count else {
      throw InputError(
        "--class-weights has \(weights.count) numbers, and \(dataset.name) has \(names.count) classes"
      )
    }
    let own = dataset.weights
    dataset.weights = labels.enumerated().map { weights[Int($1)] * (own?[$0] ?? 1) }
  }

  /// The weights of scikit-learn's `class_weight="balanced"`. Classes without examples do not
  /// count.
  private static func balanced(_ labels: [Int32], count: Int) -> [Float] {
    var counts = [Int](repeating: 0, count: count)
    for label in labels { counts[Int(label)] += 1 }
    let occurring = counts.count { $0 > 0 }
    return counts.map { $0 == 0 ? 0 : Float(labels.count) / Float(occurring * $0) }
  }
}

/// The probabilities above which labels are predicted, written as `0.5` or `0.3,0.5`.
struct Thresholds: OptionValue, CustomStringConvertible {
  let description: String
  let numbers: [Double]

  init(parsing text: String) throws {
    description = text
    numbers = try Numbers.parse(text)
    if let number = numbers.first(where: { $0 <= 0 || $0 >= 1 }) {
      throw TextError("a threshold is \(number); it must lie between 0 and 1")
    }
  }

  /// Refuses thresholds if their number does not fit the labels, or if they have no effect.
  func validate(for dataset: Dataset, _ network: NetworkDescription) throws(InputError) {
    guard case .labels(_, let names) = dataset.targets else {
      throw InputError("--thresholds is for labels, and \(dataset.name) has none")
    }
    guard numbers.count == 1 || numbers.count == names.count else {
      throw InputError(
        "--thresholds has \(numbers.count) numbers, and \(dataset.name) has \(names.count) labels")
    }
    if network.loss == .perceptron {
      throw InputError(
        "--thresholds has no effect with the loss perceptron, whose outputs are 0 or 1; omit it"
      )
    }
  }
}

private enum Numbers {
  /// Reads finite numbers, separated by commas.
  static func parse(_ text: String) throws -> [Double] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      guard let number = Double(part.drop { $0 == " " }), number.isFinite else {
        throw TextError("'\(part)' is not a number; give numbers, separated by commas")
      }
      return number
    }
  }
}
