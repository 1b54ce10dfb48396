/// The options of a training.
public struct TrainingOptions: Sendable, Hashable, Codable {
  /// The examples of a step. 1 is online training, and nil takes all examples at once.
  public var batchSize: Int?
  /// Passes over the training set.
  public var epochs: Int
  /// The rule that changes the parameters.
  public var rule: UpdateRule
  /// The schedule of the learning rate.
  public var schedule: LearningRateSchedule
  /// The number of parts of a batch, whose gradients are added up. The result is the same except
  /// for rounding, and the memory is that of one part.
  public var accumulation: Int
  /// The seed of initialisation, shuffling and dropout.
  public var seed: UInt64
  /// True if each epoch visits the examples in an order of its own.
  public var shuffles: Bool
  /// Ends training after this many steps, even within an epoch; nil for whole epochs.
  public var stepLimit: Int?

  /// Options with PyTorch's defaults: examples are shuffled, and the last batch of an epoch can be
  /// smaller.
  public init(
    batchSize: Int?, epochs: Int, rule: UpdateRule, schedule: LearningRateSchedule = .constant,
    accumulation: Int = 1, seed: UInt64, shuffles: Bool = true, stepLimit: Int? = nil
  ) {
    self.batchSize = batchSize
    self.epochs = epochs
    self.rule = rule
    self.schedule = schedule
    self.accumulation = accumulation
    self.seed = seed
    self.shuffles = shuffles
    self.stepLimit = stepLimit
  }

  /// Options with gradient descent alone.
  public init(
    batchSize: Int?, epochs: Int, optimizer: SGD, seed: UInt64, shuffles: Bool = true,
    stepLimit: Int? = nil
  ) {
    self.init(
      batchSize: batchSize, epochs: epochs, rule: UpdateRule(.sgd(optimizer)), seed: seed,
      shuffles: shuffles, stepLimit: stepLimit)
  }

  /// The examples of a step, of `count` altogether.
  public func batchSize(of count: Int) -> Int { batchSize ?? count }

  /// The length of a training on `count` examples.
  public func length(exampleCount count: Int) -> TrainingLength {
    TrainingLength(
      stepsPerEpoch: (count + batchSize(of: count) - 1) / batchSize(of: count), epochs: epochs,
      stepLimit: stepLimit)
  }

  /// Refuses options with which no training makes sense for `count` examples.
  public func validate(exampleCount count: Int) throws(NetworkError) {
    try validateBatch(count)
    try require(epochs > 0, "the number of epochs", is: epochs, wanted: "positive")
    if let stepLimit, stepLimit <= 0 {
      throw .invalid("the number of steps", value: "\(stepLimit)", wanted: "positive")
    }
    try rule.validate()
    try schedule.validate()
  }

  private func validateBatch(_ count: Int) throws(NetworkError) {
    try require(count > 0, "the number of examples", is: count, wanted: "positive")
    if let batchSize, batchSize <= 0 {
      throw .invalid("the batch size", value: "\(batchSize)", wanted: "positive")
    }
    if let batchSize, batchSize > count {
      throw .invalid(
        "the batch size", value: "\(batchSize)",
        wanted: "at most the \(count) examples of the training set")
    }
    try require(
      accumulation > 0 && accumulation <= batchSize(of: count), "the number of parts of a batch",
      is: accumulation, wanted: "from 1 to the batch size, \(batchSize(of: count))")
  }
}
