/// Trains a network on one backend, epoch by epoch.
///
/// The data set is uploaded once, and the order of an epoch at its start. Losses and hits are read
/// at its end. In between, the trainer waits for the device only to keep the host from running far
/// ahead, and never until the queue is empty.
public final class Trainer<B: Backend> {
  /// The result of an epoch.
  public typealias EpochResult = TrainedEpoch

  /// The network in training.
  public let network: Network<B>
  /// The options in force.
  public let options: TrainingOptions
  /// Steps taken so far.
  public private(set) var stepsTaken = 0
  /// The value that a schedule for plateaus uses before the next epoch. Each epoch sets it to its
  /// training loss, or to its accuracy if the schedule asks for that. A value of the validation
  /// part can be assigned instead.
  public var monitoredValue: Double?

  private let backend: B
  private let order: EpochOrder
  private let batchSize: Int
  private let steps: TrainingSteps<B>
  private var pace: LearningRatePace
  private let fullStep: TrainingStep<B>
  /// Sets losses and hits to zero.
  private let meterReset: B.Prepared
  /// For the examples that are left over when the batch size does not divide their number.
  private let lastStep: TrainingStep<B>?

  /// Uploads data and records the steps.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - dataset: The examples.
  ///   - options: Batches, rule, schedule and seed.
  ///   - rows: The rows of the data set to train with; nil for all.
  /// - Precondition: options have been validated for the number of examples, and the network fits the
  ///   data.
  public init(
    _ network: Network<B>, dataset: Dataset, options: TrainingOptions, rows: [Int32]? = nil
  ) throws(BackendError) {
    let backend = network.backend
    self.network = network
    self.options = options
    self.backend = backend
    order = options.order(of: dataset.count, rows: rows)
    batchSize = options.batchSize(of: order.count)
    pace = LearningRatePace(options.schedule, options.length(exampleCount: order.count))
    steps = try TrainingSteps(network, dataset: dataset, options: options, count: order.count)
    fullStep = try steps.step(rows: batchSize)
    meterReset = try backend.prepare([
      .fill(steps.buffers.meter.losses, with: 0), .fill(steps.buffers.meter.hits, with: 0),
    ])
    let rest = order.count % batchSize
    lastStep = rest == 0 ? nil : try steps.step(rows: rest)
    try backend.synchronize()
  }

  /// The operations of a step with a whole batch, and their prepared stages.
  public var explanation: ListExplanation { fullStep.explanation }

  /// The number of steps in a whole epoch.
  public var stepsPerEpoch: Int { pace.length.stepsPerEpoch }

  /// Trains on every example once, or until the limit of steps is reached.
  ///
  /// - Parameters:
  ///   - epoch: Its number, counted from 1. Together with the seed it determines the order.
  ///   - progress: Called regularly with the number of examples that the device has processed.
  ///   - shouldStop: Called regularly; true ends the epoch early.
  public func trainEpoch(
    _ epoch: Int, progress: (Int) -> Void = { _ in }, shouldStop: () -> Bool = { false }
  ) throws(BackendError) -> EpochResult {
    let start = ContinuousClock.now
    if let monitoredValue { pace.observe(monitoredValue) }
    try steps.write(order: order.indices(epoch: epoch))
    try backend.run(meterReset, with: StepArguments())
    let run = try runSteps(progress: progress, shouldStop: shouldStop)
    let losses = try backend.values(of: steps.buffers.meter.losses)
    let hits = try backend.values(of: steps.buffers.meter.hits)
    let penalty = try steps.update.penalty()
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let result = EpochResult(
      epoch: epoch, steps: run.steps, examples: run.examples,
      loss: losses.sum / Double(max(1, run.examples)) + penalty, penalty: penalty,
      accuracy: hits.sum / Double(max(1, run.examples)), learningRate: pace.rate(of: options.rule),
      seconds: seconds, wasStopped: run.wasStopped)
    monitoredValue = pace.metric == .accuracy ? result.accuracy : result.loss
    return result
  }

  private func runSteps(
    progress: (Int) -> Void, shouldStop: () -> Bool
  ) throws(BackendError) -> (steps: Int, examples: Int, wasStopped: Bool) {
    var pacer = Pacer(backend)
    var examples = 0
    var steps = 0
    let limit = min(stepsPerEpoch, (options.stepLimit ?? .max) - stepsTaken)
    while steps < limit {
      let rows = min(batchSize, order.count - examples)
      let step = rows == batchSize ? fullStep : lastStep ?? fullStep
      stepsTaken += 1
      try step.run(
        self.steps.arguments(
          from: examples, step: stepsTaken, learningRateFactor: pace.factor(step: stepsTaken)))
      examples += rows
      steps += 1
      if try pacer.stepEnqueued(examples: examples) {
        progress(pacer.examplesDone)
        if shouldStop() { return (steps, examples, true) }
      }
    }
    return (steps, examples, false)
  }
}

extension [Float] {
  fileprivate var sum: Double { reduce(0) { $0 + Double($1) } }
}
