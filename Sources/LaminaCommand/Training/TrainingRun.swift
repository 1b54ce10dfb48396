import Lamina
import LaminaText

/// One training on one device, with an evaluation after each epoch.
final class TrainingRun<B: Backend> {
  let plan: TrainingPlan
  let device: DeviceDescription
  private let backend: B
  private let network: Network<B>
  private let trainer: Trainer<B>
  private let evaluator: Evaluator<B>
  /// What each epoch ends with a look at: the validation part, or the test part without one.
  private let monitored: EvaluationPart<B>
  private let test: EvaluationPart<B>
  private var stopping: EarlyStopping.State?
  private let warmUpSeconds: Double
  private var timings: Timings

  /// Uploads everything that training and evaluation need.
  ///
  /// - Parameter setUp: Started before the device was opened.
  init(_ plan: TrainingPlan, on backend: B, setUp: Stopwatch) throws {
    self.plan = plan
    self.backend = backend
    device = backend.device
    network = try Network(plan.network, values: plan.initial, on: backend)
    evaluator = try Evaluator(network, rows: evaluationRows)
    test = try EvaluationPart(plan.data.test, of: plan, on: backend)
    // While training waits for its kernels to be tried, others may be.
    try test.anticipateReport(by: evaluator)
    trainer = try Trainer(network, dataset: plan.data.train, options: plan.options)
    monitored =
      try plan.data.validation.map { try EvaluationPart($0, of: plan, on: backend) } ?? test
    stopping = plan.earlyStopping.map(EarlyStopping.State.init)
    try backend.synchronize()
    warmUpSeconds = try Self.warmUp(plan, evaluator, test, on: backend)
    let build = backend.deviceReport.buildSeconds + warmUpSeconds
    timings = Timings(data: plan.dataSeconds, setUp: max(0, setUp.seconds - build), build: build)
  }

  /// Runs each kind of step once on a network that is thrown away; returns the seconds it took.
  ///
  /// Drivers such as PoCL's finish compiling a kernel when it is launched for the first time. That
  /// shall not count as training.
  private static func warmUp(
    _ plan: TrainingPlan, _ evaluator: Evaluator<B>, _ test: EvaluationPart<B>, on backend: B
  ) throws -> Double {
    guard backend.deviceReport.compilesKernels else { return 0 }
    let clock = Stopwatch()
    let buildBefore = backend.deviceReport.buildSeconds
    let batchSize = plan.options.batchSize(of: plan.data.train.count)
    let count = batchSize + plan.data.train.count % batchSize
    let network = try Network(plan.network, values: plan.initial, on: backend)
    var options = plan.options
    options.stepLimit = nil
    let trainer = try Trainer(
      network, dataset: plan.data.train.examples(Array(0..<count)), options: options)
    _ = try trainer.trainEpoch(1)
    _ = try test.report(by: evaluator)
    return clock.seconds - (backend.deviceReport.buildSeconds - buildBefore)
  }

  /// How the plan decides the products of this training, for the log.
  var planJSON: JSON {
    backend.deviceReport.plan.map { plan in
      .object(["file": .string(plan.file), "products": .integer(plan.products)])
    } ?? .null
  }

  /// Examples and weights as pictures, for the log; null where there are none.
  var picturesJSON: JSON {
    get throws(BackendError) {
      guard let pictures = TrainingPictures(plan.data.test, network: plan.network) else {
        return .null
      }
      return pictures.json(
        outputs: try evaluator.outputs(for: plan.data.test), try parameters())
    }
  }

  /// The trained weights. Waits for the device.
  func parameters() throws(BackendError) -> NetworkParameters { try network.values() }

  /// The best weights that the host has, which need no device; nil where none were read.
  var best: (parameters: NetworkParameters, epoch: Int)? {
    stopping?.best.map { ($0.parameters, $0.epoch) }
  }

  /// Trains until the epochs or steps are done, nothing gets better, somebody interrupts, or the
  /// loss is no number.
  func run(console: TrainingConsole, recorders: TrainingRecorders? = nil) throws -> TrainingOutcome
  {
    var outcome: TrainingOutcome?
    for epoch in 1...plan.options.epochs {
      let before = outcome?.examples ?? 0
      let trained = timings.training
      let clock = Stopwatch()
      let result = try trainer.trainEpoch(
        epoch,
        progress: { examples in
          console.progress(
            epoch: epoch, examples: examples, before: before, seconds: trained + clock.seconds)
        },
        shouldStop: { Interruption.signalNumber != nil })
      let next = try evaluated(result, after: outcome)
      outcome = next
      let report = EpochReport(result, next.monitored, isValidation: plan.data.validation != nil)
      recorders?.epoch(report)
      console.epoch(report)
      if next.ending != .finished || stopping?.shouldStop == true
        || trainer.stepsTaken >= plan.options.stepLimit ?? .max
      {
        break
      }
    }
    guard let outcome else { throw RunError("no epoch was trained") }
    return try tested(outcome)
  }

  /// Adds an epoch to what was reached before.
  private func evaluated(
    _ result: Trainer<B>.EpochResult, after earlier: TrainingOutcome?
  ) throws -> TrainingOutcome {
    timings.training += result.seconds
    let report = try evaluate(monitored)
    var outcome = earlier ?? TrainingOutcome(monitored: report, timings: timings)
    outcome.monitored = report
    outcome.timings = timings
    outcome.epochs = result.epoch
    outcome.steps += result.steps
    outcome.examples += result.examples
    outcome.trainLoss = result.loss
    if !result.loss.isFinite || !report.loss.isFinite {
      outcome.ending = .diverged(
        epoch: result.epoch, loss: result.loss.isFinite ? report.loss : result.loss)
    } else if let signal = Interruption.signalNumber {
      outcome.ending = .interrupted(signal: signal)
    }
    try observe(report, epoch: result.epoch)
    return outcome
  }

  /// Lets those know who decide by what an epoch reached.
  private func observe(_ report: PartReport, epoch: Int) throws {
    // A value that is not defined is no progress.
    func value(_ metric: MonitoredMetric) -> Double {
      metric == .accuracy ? report.report.headline.value ?? .nan : report.loss
    }
    if plan.data.validation != nil, case .reduceOnPlateau(let rule) = plan.options.schedule.decay {
      trainer.monitoredValue = value(rule.metric)
    }
    if let rule = plan.earlyStopping {
      try stopping?.observe(value(rule.metric), epoch: epoch) { try network.values() }
    }
  }

  /// Goes back to the best epoch where there is one, and measures the test part.
  private func tested(_ outcome: TrainingOutcome) throws -> TrainingOutcome {
    var outcome = outcome
    if outcome.isUsable, let best = stopping?.best, best.epoch != outcome.epochs {
      try network.load(best.parameters)
      outcome.bestEpoch = best.epoch
    }
    if plan.data.validation != nil { outcome.test = try evaluate(test) }
    outcome.timings = timings
    return outcome
  }

  private func evaluate(_ part: EvaluationPart<B>) throws -> PartReport {
    let clock = Stopwatch()
    let buildBefore = backend.deviceReport.buildSeconds
    let report = try part.report(by: evaluator)
    let build = backend.deviceReport.buildSeconds
    timings.evaluation += clock.seconds - (build - buildBefore)
    timings.build = build + warmUpSeconds
    return report
  }
}
