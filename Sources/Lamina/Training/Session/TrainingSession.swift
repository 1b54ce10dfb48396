/// A training on one device from its first epoch to its result: each epoch ends with a look at the
/// validation part, or at the test part where there is none, which schedules and early stopping go
/// by.
///
/// Callers watch and may stop it:
///
///     let session = try TrainingSession(setup, on: backend)
///     let outcome = try session.run(epoch: { print($0.trainLoss, $0.part.loss) })
///     let trained = try session.parameters()
public final class TrainingSession {
  /// The setup that the training started from.
  public let setup: TrainingSetup
  /// The device.
  public let device: DeviceDescription
  /// True if no epoch is left: all are done, nothing gets better, or training was stopped.
  public var isOver: Bool { progress.isOver }
  /// The seconds spent so far.
  public private(set) var times = TrainingTimes()

  private let engine: any SessionEngine
  private var progress: SessionProgress

  /// Uploads everything that training and evaluation need. On devices that compile kernels, each
  /// kind of step runs once on a network that is thrown away.
  ///
  /// - Precondition: the setup has been validated, and the network fits the data.
  public init(_ setup: TrainingSetup, on backend: some Backend) throws(BackendError) {
    self.setup = setup
    engine = try BackendEngine(setup, on: backend)
    device = engine.device
    progress = SessionProgress(setup)
    times.build = buildSeconds
  }

  /// The report of the device on its work so far.
  public var report: DeviceReport { engine.report }

  /// The parameters as they are now. Waits for the device.
  public func parameters() throws(BackendError) -> NetworkParameters { try engine.parameters() }

  /// The best epoch whose parameters the host has, which need no device; nil where none were read.
  public var best: EarlyStopping.State.Best? { progress.best }

  /// Trains until the epochs or steps are done, nothing gets better, `shouldStop` says so, or a
  /// loss is no number; then measures the test part with the parameters that are kept.
  ///
  /// - Parameters:
  ///   - progress: Called now and then while an epoch is under way.
  ///   - epoch: Called after each epoch.
  ///   - shouldStop: Asked now and then.
  public func run(
    progress: (TrainingProgress) -> Void = { _ in }, epoch: (EpochReport) -> Void = { _ in },
    shouldStop: () -> Bool = { false }
  ) throws(BackendError) -> TrainingOutcome {
    while !isOver { epoch(try trainEpoch(progress: progress, shouldStop: shouldStop)) }
    return try finish()
  }

  /// Trains the next epoch, and measures the part that epochs end with.
  ///
  /// - Precondition: the session ``isOver`` not yet.
  public func trainEpoch(
    progress: (TrainingProgress) -> Void = { _ in }, shouldStop: () -> Bool = { false }
  ) throws(BackendError) -> EpochReport {
    precondition(!isOver, "the training is over")
    let start = EpochStart(
      epoch: self.progress.epochs + 1, examplesBefore: self.progress.examples,
      secondsBefore: times.training)
    let result = try engine.trainEpoch(
      start.epoch, progress: { progress(start.progress($0)) }, shouldStop: shouldStop)
    times.training += result.seconds
    let part = try measured(engine.reportMonitored)
    return try self.progress.add(
      result, part, wasStopped: result.wasStopped || shouldStop(), of: engine)
  }

  /// Ends the training: goes back to the best epoch where early stopping has one, and measures the
  /// test part.
  public func finish() throws(BackendError) -> TrainingOutcome {
    let bestEpoch = try progress.finish(engine)
    // Without a validation part, the last epoch ended with the test part.
    let test =
      if setup.data.validation == nil, let last = progress.lastReport { last } else {
        try measured(engine.reportTest)
      }
    let validation = progress.needsValidation ? try measured(engine.reportMonitored) : nil
    return progress.outcome(
      bestEpoch: bestEpoch, test: test, validation: validation, times: times)
  }

  /// Seconds in compilers, and of first runs.
  private var buildSeconds: Double { engine.report.buildSeconds + engine.warmUpSeconds }

  /// Measures a part of the data; compilers do not count as evaluation.
  private func measured(
    _ report: () throws(BackendError) -> PartReport
  ) throws(BackendError) -> PartReport {
    try times.measured({ buildSeconds }, report)
  }
}

extension TrainingTimes {
  /// Adds the time of an evaluation; compilers do not count as evaluation.
  ///
  /// - Parameter buildSeconds: The seconds in compilers so far.
  mutating func measured<Result>(
    _ buildSeconds: () -> Double, _ work: () throws(BackendError) -> Result
  ) throws(BackendError) -> Result {
    let (start, before) = (ContinuousClock.now, buildSeconds())
    let result = try work()
    let build = buildSeconds()
    evaluation += start.secondsToNow - (build - before)
    self.build = build
    return result
  }
}
