/// A loss, which training minimises. Losses of single outputs have a file each with formula and
/// derivative in `Kernels/losses`, and one in `Sources/LaminaCPU/Losses`.
///
/// `z` are outputs of a linear layer, `h` are outputs of any layer, and `y` are the right answers:
/// the given numbers, or 1 for the right class and 0 for the others. Sums run over the outputs of
/// an example, or over its targets where each of these has several outputs (``outputParts``). The
/// ``Reduction`` combines the examples.
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
  /// `Σ (e^z - z y)`, for counts: `e^z` is the predicted mean of a Poisson distribution. It is the
  /// negative log-likelihood without `ln y!`, which does not depend on `z`.
  case poisson
  /// `Σ max(q (y - z), (q - 1) (y - z))` over all targets and all levels `q`, the pinball loss
  /// (Koenker and Bassett, 1978). Each target has an output for each level: its predicted
  /// quantile. Levels lie between 0 and 1, in ascending order.
  case quantile(levels: [Float] = [0.1, 0.5, 0.9])
  /// `½ Σ (s + (z - y)² e^-s)`: the negative log-likelihood of a normal distribution without
  /// `½ ln 2π` (Nix and Weigend, 1994). Each target has two outputs, its mean `z` and the logarithm
  /// `s` of its variance. A variance below `epsilon` counts as `epsilon`.
  case gaussianLikelihood(epsilon: Float = 1e-6)

  /// A model's outputs do not depend on the number.
  public static let tellsUsualParameters = false
  /// One of each, with the parameter that it has by default.
  public static let allCases: [Loss] = [
    .softmaxCrossEntropy(), .quadratic, .squaredError, .absoluteError, .huber(),
    .logisticCrossEntropy, .negativeLogLikelihood, .klDivergence, .perceptron, .poisson,
    .quantile(), .gaussianLikelihood(),
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
    case .poisson: "poisson"
    case .quantile: "quantile"
    case .gaussianLikelihood: "gaussian_nll"
    }
  }

  /// The parameter with its name; nil if there is none.
  public var parameter: (name: String, value: Float)? {
    switch self {
    case .softmaxCrossEntropy(let smoothing): ("smoothing", smoothing)
    case .huber(let threshold): ("threshold", threshold)
    case .gaussianLikelihood(let epsilon): ("epsilon", epsilon)
    default: nil
    }
  }

  /// The levels of quantiles; nil for other losses.
  public var numbers: [Float]? { if case .quantile(let levels) = self { levels } else { nil } }

  /// The same loss with another parameter. A loss without parameters is returned unchanged.
  public func with(parameter: Float) -> Loss {
    switch self {
    case .softmaxCrossEntropy: .softmaxCrossEntropy(smoothing: parameter)
    case .huber: .huber(threshold: parameter)
    case .gaussianLikelihood: .gaussianLikelihood(epsilon: parameter)
    default: self
    }
  }

  /// The same loss with other levels. A loss without levels is returned unchanged.
  public func with(numbers: [Float]) -> Loss {
    if case .quantile = self { .quantile(levels: numbers) } else { self }
  }

  /// The output activations that are valid with it; nil for all.
  public var outputActivations: [Activation]? {
    switch self {
    case .quadratic, .squaredError, .absoluteError, .huber: nil
    case .softmaxCrossEntropy, .logisticCrossEntropy, .perceptron, .poisson, .quantile,
      .gaussianLikelihood:
      [.identity]
    case .negativeLogLikelihood, .klDivergence: [.logSoftmax]
    }
  }

  /// The usual reduction of the losses of examples: PyTorch's default, or the mean over examples
  /// for losses that PyTorch does not have.
  public var usualReduction: Reduction {
    switch self {
    case .softmaxCrossEntropy, .negativeLogLikelihood, .quadratic, .perceptron: .mean
    case .squaredError, .absoluteError, .huber, .logisticCrossEntropy, .klDivergence, .poisson,
      .quantile, .gaussianLikelihood:
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
    case .gaussianLikelihood(let epsilon):
      try require(
        epsilon.isNormal && epsilon > 0, "the epsilon of gaussian_nll", is: epsilon,
        wanted: "a positive number such as 1e-6")
    case .quantile(let levels): try Self.validate(levels: levels)
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

extension Loss {
  private static let mostLevels = 99

  private static func validate(levels: [Float]) throws(NetworkError) {
    try require(
      (1...mostLevels).contains(levels.count), "the number of levels of quantile", is: levels.count,
      wanted: "from 1 to \(mostLevels)")
    for level in levels {
      try require(
        level > 0 && level < 1, "a level of quantile", is: level,
        wanted: "between 0 and 1, such as 0.9")
    }
    for (level, next) in zip(levels, levels.dropFirst()) {
      try require(
        level < next, "the level of quantile after \(level)", is: next,
        wanted: "larger: levels are in ascending order, such as quantile(0.1, 0.5, 0.9)")
    }
  }
}

/// The way in which the losses of a batch become one number.
public enum Reduction: String, Sendable, Hashable, Codable, CaseIterable {
  /// The mean over the examples: gradients are divided by the batch size.
  case mean
  /// Their sum.
  case sum
  /// Their mean, divided by the number of terms of an example's loss as well: its outputs, or its
  /// targets where several outputs make one term (``Loss/terms(outputs:)``).
  case meanOfElements = "mean_of_elements"

  /// The factor of a reported loss of an example, which is a sum of terms.
  func lossScale(terms: Int) -> Float { self == .meanOfElements ? 1 / Float(terms) : 1 }

  /// The factor of the delta of an example.
  func deltaScale(terms: Int, batchSize: Int) -> Float {
    switch self {
    case .mean: 1 / Float(batchSize)
    case .sum: 1
    case .meanOfElements: 1 / (Float(batchSize) * Float(terms))
    }
  }
}
