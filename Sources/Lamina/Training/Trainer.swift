/// How a network is trained.
public struct TrainingOptions: Sendable, Hashable, Codable {
  /// Examples a step.
  public var batchSize: Int
  /// Passes over the training set.
  public var epochs: Int
  /// The rule that changes the parameters.
  public var optimizer: SGD
  /// Names initialisation and shuffling.
  public var seed: UInt64
  /// Whether each epoch visits the examples in an order of its own.
  public var shuffles: Bool
  /// Ends training after this many steps, wherever that is; nil for whole epochs.
  public var stepLimit: Int?

  /// Options with PyTorch's habits: shuffled, the last batch of an epoch as small as it comes.
  public init(
    batchSize: Int, epochs: Int, optimizer: SGD, seed: UInt64, shuffles: Bool = true,
    stepLimit: Int? = nil
  ) {
    self.batchSize = batchSize
    self.epochs = epochs
    self.optimizer = optimizer
    self.seed = seed
    self.shuffles = shuffles
    self.stepLimit = stepLimit
  }

  /// Refuses options with which no training makes sense for `count` examples.
  public func validate(exampleCount count: Int) throws(NetworkError) {
    guard batchSize > 0 else {
      throw .invalid("the batch size", value: "\(batchSize)", wanted: "positive")
    }
    guard batchSize <= count else {
      throw .invalid(
        "the batch size", value: "\(batchSize)",
        wanted: "at most the \(count) examples of the training set")
    }
    guard epochs > 0 else {
      throw .invalid("the number of epochs", value: "\(epochs)", wanted: "positive")
    }
    if let stepLimit, stepLimit <= 0 {
      throw .invalid("the number of steps", value: "\(stepLimit)", wanted: "positive")
    }
    try optimizer.validate()
  }
}

/// Trains a network on one backend, epoch by epoch.
///
/// The data set is uploaded once, the order of an epoch at its start; losses and hits are read at
/// its end. In between the device is only waited for to keep the host from running far ahead, and
/// then with work left in its queue.
public final class Trainer<B: Backend> {
  /// What an epoch gave.
  public struct EpochResult: Sendable {
    /// The epoch's number, counted from 1.
    public let epoch: Int
    /// The number of steps taken.
    public let steps: Int
    /// The number of examples seen.
    public let examples: Int
    /// The mean of the examples' losses, each taken before the step that it belongs to.
    public let loss: Double
    /// The share of examples whose largest output was the right one.
    public let accuracy: Double
    /// From the upload of the order to the reading of the losses, in seconds.
    public let seconds: Double
    /// Whether `shouldStop` ended the epoch early.
    public let wasStopped: Bool
  }

  /// The network in training.
  public let network: Network<B>
  /// The options in force.
  public let options: TrainingOptions
  /// Steps taken so far.
  public private(set) var stepsTaken = 0

  private let backend: B
  private let order: EpochOrder
  private let indices: Indices<B>
  private let buffers: BatchBuffers<B>
  private let fullStep: TrainingStep<B>
  /// For the examples that are left over when the batch size does not divide their number.
  private let lastStep: TrainingStep<B>?

  /// Uploads data and records the steps.
  ///
  /// - Precondition: options have been validated, and the network fits the data.
  public init(
    _ network: Network<B>, dataset: Dataset, options: TrainingOptions
  ) throws(BackendError) {
    let backend = network.backend
    self.network = network
    self.options = options
    self.backend = backend
    order = EpochOrder(count: dataset.count, seed: options.shuffles ? options.seed : nil)
    let indices = try backend.makeIndices([Int32](repeating: 0, count: dataset.count))
    self.indices = indices
    let buffers = try BatchBuffers(network.description, rows: options.batchSize, on: backend)
    self.buffers = buffers
    let data = try DeviceDataset(dataset, on: backend)
    func step(_ rows: Int) throws(BackendError) -> TrainingStep<B> {
      try TrainingStep(
        network, batch: BatchIndices(indices, count: rows), data: data, buffers: buffers,
        rule: options.optimizer)
    }
    fullStep = try step(options.batchSize)
    let rest = dataset.count % options.batchSize
    lastStep = rest == 0 ? nil : try step(rest)
    try backend.synchronize()
  }

  /// The number of steps in a whole epoch.
  public var stepsPerEpoch: Int {
    (order.count + options.batchSize - 1) / options.batchSize
  }

  /// Trains on every example once, or until the limit of steps is reached.
  ///
  /// - Parameters:
  ///   - epoch: Its number, counted from 1: with the seed it names the order.
  ///   - progress: Called now and then with the number of examples that the device has seen.
  ///   - shouldStop: Asked now and then; when true the epoch ends early.
  public func trainEpoch(
    _ epoch: Int, progress: (Int) -> Void = { _ in }, shouldStop: () -> Bool = { false }
  ) throws(BackendError) -> EpochResult {
    let start = ContinuousClock.now
    try backend.write(order.indices(epoch: epoch).span.bytes, to: indices.storage, at: 0)
    try backend.fill(buffers.meter.losses, with: 0)
    try backend.fill(buffers.meter.hits, with: 0)
    var pacer = Pacer(backend)
    var examples = 0
    var steps = 0
    var wasStopped = false
    let limit = min(stepsPerEpoch, (options.stepLimit ?? .max) - stepsTaken)
    while steps < limit {
      let rows = min(options.batchSize, order.count - examples)
      let step = rows == options.batchSize ? fullStep : lastStep ?? fullStep
      try step.run(StepArguments(firstIndex: examples, step: stepsTaken + steps + 1))
      examples += rows
      steps += 1
      if try pacer.stepEnqueued(examples: examples) {
        progress(pacer.examplesDone)
        wasStopped = shouldStop()
        if wasStopped { break }
      }
    }
    let losses = try backend.values(of: buffers.meter.losses)
    let hits = try backend.values(of: buffers.meter.hits)
    stepsTaken += steps
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    return EpochResult(
      epoch: epoch, steps: steps, examples: examples,
      loss: losses.reduce(0) { $0 + Double($1) } / Double(max(1, examples)),
      accuracy: hits.reduce(0) { $0 + Double($1) } / Double(max(1, examples)),
      seconds: seconds, wasStopped: wasStopped)
  }
}

/// Keeps the host at most two groups of steps ahead of the device, so that progress is true, an
/// interrupt is answered soon, and the device's queue stays short; it never runs empty.
struct Pacer<B: Backend> {
  /// The number of examples that the device is known to have seen.
  private(set) var examplesDone = 0

  private let backend: B
  private var groupSize = 1
  private var stepsInGroup = 0
  private var groupStart = ContinuousClock.now
  private var pending: (mark: B.Mark, examples: Int)?

  init(_ backend: B) { self.backend = backend }

  /// Counts a step; true where a group has ended, after waiting for the group before it.
  mutating func stepEnqueued(examples: Int) throws(BackendError) -> Bool {
    stepsInGroup += 1
    guard stepsInGroup == groupSize else { return false }
    let mark = try backend.mark()
    if let pending {
      try backend.wait(for: pending.mark)
      examplesDone = pending.examples
    }
    pending = (mark, examples)
    let now = ContinuousClock.now
    if now - groupStart < .milliseconds(20) { groupSize *= 2 }
    groupStart = now
    stepsInGroup = 0
    return true
  }
}
