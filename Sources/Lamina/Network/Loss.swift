/// A loss, which training minimises. Losses of single outputs have a file each with formula and
/// derivative in `Kernels/losses`, and one in `Sources/LaminaCPU/Losses`.
///
/// `z` are outputs of a linear layer, `h` are outputs of any layer, and `y` are the right answers:
/// the given numbers, or 1 for the right class and 0 for the others. Sums run over the outputs of
/// an example. The ``Reduction`` combines the examples.
public enum Loss: NamedFormula {
  /// `-Σ y ln softmax(z)`, for classes that exclude each other. Softmax, loss and the delta
  /// `softmax(z) - y` are computed together. With smoothing, `y` becomes `(1 - smoothing) · y +
  /// smoothing / outputs`.
  case softmaxCrossEntropy(smoothing: Float = 0)
  /// `½ Σ (h - y)²`.
  case quadratic
  /// `Σ (h - y)²`.
  case squaredError
  /// `Σ |h - y|`.
  case absoluteError
  /// `Σ ½ d²` where `d = |h - y| ≤ threshold`, else `threshold · (d - ½ threshold)`.
  case huber(threshold: Float = 1)
  /// `-Σ (y ln σ(z) + (1 - y) ln(1 - σ(z)))`: for labels that do not exclude each other.
  case logisticCrossEntropy
  /// `-Σ y h`, where `h` are logarithms of probabilities.
  case negativeLogLikelihood
  /// `Σ y (ln y - h)`, where `h` are logarithms of probabilities.
  case klDivergence
  /// `Σ (step(z) - y) · z`: Rosenblatt's rule, whose delta is `step(z) - y`.
  case perceptron

  /// A model's outputs do not depend on the number.
  public static let tellsUsualParameters = false
  /// One of each, with the parameter that it has by default.
  public static let allCases: [Loss] = [
    .softmaxCrossEntropy(), .quadratic, .squaredError, .absoluteError, .huber(),
    .logisticCrossEntropy, .negativeLogLikelihood, .klDivergence, .perceptron,
  ]

  /// Its name in files and options.
  public var name: String {
    switch self {
    case .softmaxCrossEntropy: "softmax_cross_entropy"
    case .quadratic: "quadratic"
    case .squaredError: "mse"
    case .absoluteError: "mae"
    case .huber: "huber"
    case .logisticCrossEntropy: "logistic_cross_entropy"
    case .negativeLogLikelihood: "nll"
    case .klDivergence: "kl_divergence"
    case .perceptron: "perceptron"
    }
  }

  /// The parameter with its name; nil if there is none.
  public var parameter: (name: String, value: Float)? {
    switch self {
    case .softmaxCrossEntropy(let smoothing): ("smoothing", smoothing)
    case .huber(let threshold): ("threshold", threshold)
    default: nil
    }
  }

  /// The same loss with another parameter. A loss without parameters is returned unchanged.
  public func with(parameter: Float) -> Loss {
    switch self {
    case .softmaxCrossEntropy: .softmaxCrossEntropy(smoothing: parameter)
    case .huber: .huber(threshold: parameter)
    default: self
    }
  }

  /// The output activations that are valid with it; nil for all.
  public var outputActivations: [Activation]? {
    switch self {
    case .quadratic, .squaredError, .absoluteError, .huber: nil
    case .softmaxCrossEntropy, .logisticCrossEntropy, .perceptron: [.identity]
    case .negativeLogLikelihood, .klDivergence: [.logSoftmax]
    }
  }

  /// The usual reduction of the losses of examples: PyTorch's default, or the mean over examples
  /// for losses that PyTorch does not have.
  public var usualReduction: Reduction {
    switch self {
    case .softmaxCrossEntropy, .negativeLogLikelihood, .quadratic, .perceptron: .mean
    case .squaredError, .absoluteError, .huber, .logisticCrossEntropy, .klDivergence:
      .meanOfElements
    }
  }

  /// Refuses an output layer whose numbers the loss cannot mean, and parameters without sense.
  public func validate(outputActivation: Activation) throws(NetworkError) {
    switch self {
    case .softmaxCrossEntropy(let smoothing):
      try require(
        smoothing >= 0 && smoothing < 1, "the label smoothing", is: smoothing,
        wanted: "from 0 up to 1")
    case .huber(let threshold):
      try require(
        threshold.isFinite && threshold > 0, "the threshold of huber", is: threshold,
        wanted: "a positive number such as 1")
    default: break
    }
    guard let wanted = outputActivations, !wanted.contains(outputActivation) else { return }
    let fitting = Loss.allCases.filter { $0.outputActivations?.contains(outputActivation) ?? true }
    throw .mismatch(
      "the loss \(name) goes with the output activation "
        + wanted.map(\.name).joined(separator: " or ") + ", and \(outputActivation.name) with the "
        + "losses " + fitting.map(\.name).joined(separator: ", "))
  }
}

/// The way in which the losses of a batch become one number.
public enum Reduction: String, Sendable, Hashable, Codable, CaseIterable {
  /// The mean over the examples: gradients are divided by the batch size.
  case mean
  /// Their sum.
  case sum
  /// Their mean, divided by the number of outputs as well.
  case meanOfElements = "mean_of_elements"

  /// The factor of a reported loss of an example, which is a sum over its outputs.
  func lossScale(outputs: Int) -> Float { self == .meanOfElements ? 1 / Float(outputs) : 1 }

  /// The factor of the delta of an example.
  func deltaScale(outputs: Int, batchSize: Int) -> Float {
    switch self {
    case .mean: 1 / Float(batchSize)
    case .sum: 1
    case .meanOfElements: 1 / (Float(batchSize) * Float(outputs))
    }
  }
}
