/// How far the training of a network is, and whether it goes on.
struct SessionProgress {
  /// True if no epoch is left: all are done, nothing gets better, or training was stopped.
  private(set) var isOver = false
  /// The quality of the network on the monitored part after the last epoch.
  private(set) var lastReport: PartReport?

  private let setup: TrainingSetup
  private var stopping: EarlyStopping.State?
  private var ending = TrainingOutcome.Ending.finished
  private var results: [TrainedEpoch] = []

  init(_ setup: TrainingSetup) {
    self.setup = setup
    stopping = setup.earlyStopping.map(EarlyStopping.State.init)
  }

  /// The number of epochs so far.
  var epochs: Int { results.count }
  /// The examples of these epochs.
  var examples: Int { results.reduce(0) { $0 + $1.examples } }
  private var steps: Int { results.reduce(0) { $0 + $1.steps } }
  /// The best epoch whose parameters the host has; nil where none were read.
  var best: EarlyStopping.State.Best? { stopping?.best }

  /// Takes the result of an epoch, and decides whether and how the next one is trained.
  ///
  /// - Parameter part: The quality of the network on the monitored part.
  mutating func add(
    _ result: TrainedEpoch, _ part: PartReport, wasStopped: Bool, of network: some SessionNetwork
  ) throws(BackendError) -> EpochReport {
    results.append(result)
    lastReport = part
    if !result.loss.isFinite || !part.loss.isFinite {
      ending = .diverged(epoch: result.epoch, loss: result.loss.isFinite ? part.loss : result.loss)
    } else if wasStopped {
      ending = .stopped
    }
    if setup.data.validation != nil, let plateau = setup.plateau {
      network.monitor(part.value(plateau.metric))
    }
    if let rule = setup.earlyStopping {
      try stopping?.observe(part.value(rule.metric), epoch: result.epoch) {
        () throws(BackendError) in try network.parameters()
      }
    }
    isOver =
      ending != .finished || stopping?.shouldStop == true || result.epoch >= setup.options.epochs
      || steps >= setup.options.stepLimit ?? .max
    return EpochReport(training: result, part: part, isValidation: setup.data.validation != nil)
  }

  /// Ends the training: goes back to the best epoch where early stopping has one, and returns its
  /// number where it is not the last.
  mutating func finish(_ network: some SessionNetwork) throws(BackendError) -> Int? {
    isOver = true
    if case .diverged = ending { return nil }
    guard let best, best.epoch != epochs else { return nil }
    try network.load(best.parameters)
    return best.epoch
  }

  /// Whether the outputs for the validation part are needed at the end.
  var needsValidation: Bool {
    if case .diverged = ending { return false }
    return !setup.choice.isEmpty
  }

  /// The outcome of the training.
  ///
  /// - Parameter validation: The validation part with the parameters that are kept, where the outcome
  ///   ``needsValidation``.
  func outcome(
    bestEpoch: Int?, test: PartReport, validation: PartReport?, times: TrainingTimes
  ) -> TrainingOutcome {
    var chosen: ChosenOutputs?
    if needsValidation, let validation, let dataset = setup.data.validation {
      chosen = ChosenOutputs(setup, outputs: validation.outputs, for: dataset)
    }
    return TrainingOutcome(
      ending: ending, epochs: epochs, steps: steps, examples: examples,
      trainLoss: results.last?.loss ?? .nan, bestEpoch: bestEpoch,
      test: chosen.map { PartReport(test, by: $0, for: setup.data.test) } ?? test, chosen: chosen,
      times: times)
  }
}
