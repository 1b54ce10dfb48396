public import Lamina

extension DataTask {
  /// The losses that fit the task, the default first.
  public var losses: [Loss] {
    let numbers: [Loss] = [.squaredError, .quadratic, .absoluteError, .huber()]
    return switch self {
    case .classification: Loss.allCases.filter { !$0.isForNumbers }
    case .multiLabel: [.logisticCrossEntropy, .perceptron] + numbers
    // Numbers may be the probabilities of classes.
    case .regression:
      numbers + Loss.allCases.filter(\.isForNumbers)
        + [.softmaxCrossEntropy(), .negativeLogLikelihood, .klDivergence]
    case .autoEncoding: numbers
    }
  }
}

extension Dataset {
  /// Throws if a loss does not fit the task or the targets.
  public func check(_ loss: Loss) throws(NetworkError) {
    let task = targets.task
    guard task.losses.map(\.name).contains(loss.name) else {
      throw .mismatch(
        "the loss \(loss.name) does not fit the task \(task.rawValue); the losses for it are "
          + task.losses.map(\.name).joined(separator: ", "))
    }
    try loss.validate(targetsOf: self)
  }
}

extension Dataset {
  /// The first layer of a network for these examples, if they have columns to embed.
  public var embedding: [Layer] {
    embeddedColumns.isEmpty ? [] : [.embedding(embeddedColumns)]
  }
}

extension NetworkDescription {
  /// What a network for a data set has besides its hidden layers; nil takes what suits the data.
  public struct Choices: Sendable {
    /// The loss; nil for the first of ``DataTask/losses``.
    public var loss: Loss?
    /// The reduction of the losses of a batch; nil for that of the loss.
    public var reduction: Reduction?
    /// The activation of the output layer; nil for what the loss needs, or identity.
    public var outputActivation: Activation?
    /// The scaling of the inputs; nil for ``InputScaling/Method/usual(for:)``.
    public var inputScaling: InputScaling.Method?
    /// Whether a regression learns standardised targets; nil for yes, unless the loss takes
    /// probabilities or counts.
    public var scalesTargets: Bool?

    /// Creates choices.
    public init(
      loss: Loss? = nil, reduction: Reduction? = nil, outputActivation: Activation? = nil,
      inputScaling: InputScaling.Method? = nil, scalesTargets: Bool? = nil
    ) {
      self.loss = loss
      self.reduction = reduction
      self.outputActivation = outputActivation
      self.inputScaling = inputScaling
      self.scalesTargets = scalesTargets
    }
  }

  /// Creates the network for a training part: an embedding of its ``Dataset/embeddedColumns``, the
  /// hidden layers and an output layer for its task, with scalings fitted to its inputs and targets.
  ///
  /// - Parameters:
  ///   - train: The training part.
  ///   - hidden: The layers before the output layer.
  ///   - choices: What is not left to the data.
  public init(
    for train: Dataset, hidden: [Layer], _ choices: Choices = Choices()
  ) throws(NetworkError) {
    let loss = choices.loss ?? train.targets.task.losses[0]
    try train.check(loss)
    // Probabilities and counts are not scaled.
    let targetScaling = loss.targetRange == .numbers ? TargetScaling(fitting: train) : nil
    if choices.scalesTargets == true, targetScaling == nil {
      throw .mismatch(
        "the target scaling has no effect: it is for numbers, and the loss \(loss.name) takes "
          + "\(loss.targetRange == .nonnegative ? "counts" : "probabilities") as they are")
    }
    if !train.embeddedColumns.isEmpty, train.targets.task == .autoEncoding {
      throw .mismatch(
        "an auto-encoder cannot embed columns: it restores its inputs, and numbers of categories are "
          + "no quantities")
    }
    let output = choices.outputActivation ?? loss.outputActivations?.first ?? .identity
    let method = choices.inputScaling ?? InputScaling.Method.usual(for: train)
    self.init(
      inputs: train.features,
      layers: train.embedding + hidden + [
        .dense(outputs: train.outputs * loss.outputsPerTarget, activation: output)
      ],
      loss: loss,
      reduction: choices.reduction ?? loss.usualReduction,
      inputScaling: method.scaling(fitting: train),
      targetScaling: choices.scalesTargets == false ? nil : targetScaling)
    try validate()
  }
}
