/// What an output of a network tells of a target.
public enum OutputPart: Sendable, Hashable {
  /// The target itself: a number, a class or a label.
  case value
  /// The mean of a normal distribution.
  case mean
  /// The spread of a normal distribution. The output is the logarithm of the variance.
  case spread
  /// The quantile of this level.
  case quantile(Float)
}

/// The numbers that a loss takes as targets.
public enum TargetRange: Sendable, Hashable {
  /// All finite numbers.
  case numbers
  /// Numbers that are not negative, such as counts.
  case nonnegative
  /// Numbers from 0 to 1.
  case probabilities

  /// Whether a number is one of them.
  public func contains(_ number: Double) -> Bool {
    switch self {
    case .numbers: number.isFinite
    case .nonnegative: number >= 0 && number.isFinite
    case .probabilities: (0...1).contains(number)
    }
  }
}

extension Loss {
  /// The outputs of a target, in order. The outputs of a network are the first ones of all targets,
  /// then the second ones of all targets, and so on: output `part * targets + target`.
  public var outputParts: [OutputPart] {
    switch self {
    case .quantile(let levels): levels.map(OutputPart.quantile)
    case .gaussianLikelihood: [.mean, .spread]
    default: [.value]
    }
  }

  /// The number of outputs of each target.
  public var outputsPerTarget: Int { max(1, outputParts.count) }

  /// The number of terms of an example's loss, by which ``Reduction/meanOfElements`` divides: one
  /// for each output, or one for the mean and the spread of a target together.
  public func terms(outputs: Int) -> Int {
    if case .gaussianLikelihood = self { outputs / outputsPerTarget } else { outputs }
  }

  /// The targets that it takes.
  public var targetRange: TargetRange {
    switch self {
    case .quadratic, .squaredError, .absoluteError, .huber, .quantile, .gaussianLikelihood: .numbers
    case .poisson: .nonnegative
    case .softmaxCrossEntropy, .logisticCrossEntropy, .negativeLogLikelihood, .klDivergence,
      .perceptron:
      .probabilities
    }
  }

  /// Whether it only makes sense for numbers, and not for classes or labels.
  public var isForNumbers: Bool {
    switch self {
    case .poisson, .quantile, .gaussianLikelihood: true
    default: false
    }
  }

  /// Refuses numbers of outputs that are no multiple of those of a target, and a scaling of targets
  /// where the loss needs the targets as they are.
  func validate(outputs: Int, targetScaling: TargetScaling?) throws(NetworkError) {
    guard outputs % outputsPerTarget == 0 else {
      throw .mismatch(
        "the loss \(self) needs \(outputsPerTarget) outputs for each target, and the network has "
          + "\(outputs) outputs; \(outputs / outputsPerTarget * outputsPerTarget + outputsPerTarget) "
          + "would be a multiple")
    }
    try targetScaling?.validate(outputs: outputs / outputsPerTarget)
    if targetScaling != nil, targetRange == .nonnegative {
      throw .mismatch(
        "the loss \(self) takes counts as they are, and the network has a target scaling; "
          + "leave that out")
    }
  }

  /// Refuses targets that the loss does not take.
  public func validate(targetsOf dataset: Dataset) throws(NetworkError) {
    guard case .values(let values, _) = dataset.targets else {
      guard !isForNumbers else {
        throw .mismatch(
          "the loss \(name) needs numbers as targets, and \(dataset.name) has none; "
            + "softmax_cross_entropy takes classes, mse takes labels and inputs")
      }
      return
    }
    guard let value = values.first(where: { !targetRange.contains($0) }) else { return }
    switch targetRange {
    case .numbers:
      throw .mismatch(
        "the loss \(name) needs finite targets, and a target of \(dataset.name) is \(value)")
    case .nonnegative:
      throw .mismatch(
        "the loss \(name) needs targets of at least 0, such as counts, and a target of "
          + "\(dataset.name) is \(value); mse takes any numbers")
    case .probabilities:
      throw .mismatch(
        "the loss \(name) needs probabilities from 0 to 1 as targets, and a target of "
          + "\(dataset.name) is \(value); mse takes any numbers")
    }
  }
}

extension NetworkDescription {
  /// The number of targets of an example: classes, labels or numbers.
  public var targets: Int { outputs / loss.outputsPerTarget }
}
