import ArgumentParser
import Lamina
import LaminaConfiguration
import LaminaData

/// What training makes small.
struct LossArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      \(Loss.help). (default: softmax_cross_entropy for classes, logistic_cross_entropy for labels, \
      mse for numbers)
      """, valueName: "name"),
    transform: Loss.init(parsing:))
  var loss: Loss?

  @Option(
    help: ArgumentHelp(
      """
      How the losses of a batch become one: mean, sum, or mean_of_elements, which is the mean over \
      examples and outputs. (default: PyTorch's for the loss)
      """, valueName: "name"),
    transform: Reduction.init(parsing:))
  var reduction: Reduction?

  @Option(
    help: ArgumentHelp(
      "What follows the output layer. (default: what the loss needs, or identity)",
      valueName: "activation"),
    transform: Activation.init(parsing:))
  var outputActivation: Activation?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      What the losses of each class are multiplied by: numbers, or balanced for \
      examples / (classes that occur * examples of the class).
      """, valueName: "balanced|numbers"),
    transform: ClassWeights.init(parsing:))
  var classWeights: ClassWeights?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "From which probability on labels are named: one for all, or one a label. (default: 0.5)",
      valueName: "numbers"),
    transform: Thresholds.init(parsing:))
  var thresholds: Thresholds?

  /// The loss in force; refused where it is none for the data.
  func loss(for data: Dataset) throws(InputError) -> Loss {
    let task = data.targets.task
    let wanted = Self.losses(for: task)
    let loss = loss ?? wanted[0]
    guard wanted.map(\.name).contains(loss.name) else {
      throw InputError(
        "the loss \(loss.name) is none for \(task.rawValue); there are: "
          + wanted.map(\.name).joined(separator: ", "))
    }
    if loss.outputActivations != nil, case .values(let values, _) = data.targets,
      let value = values.first(where: { !(0...1).contains($0) })
    {
      throw InputError(
        "the loss \(loss.name) takes probabilities as targets, from 0 to 1, and a target of "
          + "\(data.name) is \(value); mse is for any numbers")
    }
    return loss
  }

  /// The losses that make sense for a task, the usual one first.
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

  /// What follows the output layer.
  func outputActivation(for loss: Loss) -> Activation {
    outputActivation ?? loss.outputActivations?.first ?? .identity
  }
}

/// What the losses of the classes are multiplied by, as `balanced` or `1,2,0.5` write it.
struct ClassWeights: CustomStringConvertible {
  let description: String
  /// One a class; nil for balanced ones.
  private let numbers: [Float]?

  /// Reads what follows `--class-weights`.
  init(parsing text: String) throws {
    description = text
    numbers = text == "balanced" ? nil : try Numbers.parse(text).map { Float($0) }
    if let number = numbers?.first(where: { $0 < 0 || !$0.isFinite }) {
      throw TextError(
        "a class has the weight \(number); give 0 or positive numbers that 32 bits can hold")
    }
  }

  /// Multiplies the weights of the examples by those of their classes.
  func apply(to dataset: inout Dataset) throws(InputError) {
    guard case .classes(let labels, let names) = dataset.targets else {
      throw InputError("--class-weights are for classes, and \(dataset.name) has none")
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

  /// As scikit-learn's `class_weight="balanced"`: classes without examples do not count.
  private static func balanced(_ labels: [Int32], count: Int) -> [Float] {
    var counts = [Int](repeating: 0, count: count)
    for label in labels { counts[Int(label)] += 1 }
    let occurring = counts.count { $0 > 0 }
    return counts.map { $0 == 0 ? 0 : Float(labels.count) / Float(occurring * $0) }
  }
}

/// From which probability on labels are named, as `0.5` or `0.3,0.5` write it.
struct Thresholds: CustomStringConvertible {
  let description: String
  let numbers: [Double]

  /// Reads what follows `--thresholds`.
  init(parsing text: String) throws {
    description = text
    numbers = try Numbers.parse(text)
    if let number = numbers.first(where: { $0 <= 0 || $0 >= 1 }) {
      throw TextError("a threshold is \(number); it must lie between 0 and 1")
    }
  }

  /// Refuses another number of thresholds than there are labels, and any that have no effect.
  func validate(for dataset: Dataset, _ network: NetworkDescription) throws(InputError) {
    guard case .labels(_, let names) = dataset.targets else {
      throw InputError("--thresholds are for labels, and \(dataset.name) has none")
    }
    guard numbers.count == 1 || numbers.count == names.count else {
      throw InputError(
        "--thresholds has \(numbers.count) numbers, and \(dataset.name) has \(names.count) labels")
    }
    if network.loss == .perceptron {
      throw InputError(
        "--thresholds have no effect with the loss perceptron, whose outputs are 0 or 1; leave them out"
      )
    }
  }
}

private enum Numbers {
  /// Reads finite numbers with commas between them.
  static func parse(_ text: String) throws -> [Double] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      guard let number = Double(part.drop { $0 == " " }), number.isFinite else {
        throw TextError("'\(part)' is no number; give numbers with commas between them")
      }
      return number
    }
  }
}
