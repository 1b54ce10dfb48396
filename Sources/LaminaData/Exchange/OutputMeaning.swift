import Lamina

/// What other programs make of the last layer, so that they give what `lamina predict` writes.
enum OutputMeaning: String {
  /// Probabilities of classes, the softmax of the last layer.
  case softmax
  /// Probabilities of labels, the logistic function of the last layer.
  case logistic
  /// The unit step of the last layer.
  case step
  /// The last layer itself.
  case plain
  /// Numbers in the unit of the data: the scaling of the targets is undone.
  case targets
  /// The means of counts, the exponential function of the last layer.
  case counts
  /// Quantiles in the unit of the data, those of a target in ascending order.
  case quantiles
  /// Means and standard deviations in the unit of the data.
  case distributions
  /// The inputs in the unit of the data: their scaling is undone.
  case inputs

  init(_ network: NetworkDescription, _ task: DataTask) {
    // Some losses take numbers, which an output layer may have made probabilities.
    let numbers: OutputMeaning = network.targetScaling == nil ? .plain : .targets
    switch task {
    case .classification, .regression:
      let usual: OutputMeaning = task == .regression ? numbers : .plain
      switch network.loss {
      case .softmaxCrossEntropy, .negativeLogLikelihood, .klDivergence: self = .softmax
      case .quadratic, .squaredError, .absoluteError, .huber:
        // The logarithm of a softmax becomes probabilities, as in predictions.
        self = network.tellsProbabilities ? .softmax : usual
      case .logisticCrossEntropy, .perceptron: self = usual
      case .poisson: self = .counts
      case .quantile: self = .quantiles
      case .gaussianLikelihood: self = .distributions
      }
    case .multiLabel:
      switch network.loss {
      case .logisticCrossEntropy: self = .logistic
      case .perceptron: self = .step
      case .softmaxCrossEntropy, .negativeLogLikelihood, .klDivergence, .quadratic, .squaredError,
        .absoluteError, .huber, .poisson, .quantile, .gaussianLikelihood:
        self = .plain
      }
    case .autoEncoding: self = .inputs
    }
  }

  /// What the outputs are, in a word: `probabilities`, `numbers` or `scores`.
  func text(_ network: NetworkDescription, _ task: DataTask) -> String {
    switch task {
    case .classification:
      self == .softmax || network.tellsProbabilities ? "probabilities" : "scores"
    case .multiLabel: "probabilities"
    case .regression: network.tellsProbabilities ? "probabilities" : "numbers"
    case .autoEncoding: "numbers"
    }
  }

  /// Whether the outputs are computed in 64 bits.
  func isDouble(_ network: NetworkDescription) -> Bool {
    switch self {
    case .softmax, .logistic, .step, .plain: false
    case .targets, .counts, .quantiles, .distributions: true
    case .inputs: !network.inputScaling.isUncentered
    }
  }
}
