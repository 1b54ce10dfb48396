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
  private let testExamples: Examples<B>
  private let testLabels: [Int32]
  /// What the network makes of the test set after the last epoch.
  private var testOutputs: [Float] = []
  private let warmUpSeconds: Double
  private var timings: Timings

  /// Uploads everything that training and evaluation need.
  ///
  /// - Parameter setUp: Started before the device was opened.
  init(_ plan: TrainingPlan, on backend: B, setUp: Stopwatch) throws {
    self.plan = plan
    self.backend = backend
    device = backend.device
    testLabels = try plan.data.test.labels()
    network = try Network(plan.network, values: plan.initial, on: backend)
    trainer = try Trainer(network, dataset: plan.data.train, options: plan.options)
    evaluator = try Evaluator(network, rows: evaluationRows)
    testExamples = try backend.makeExamples(plan.data.test)
    try backend.synchronize()
    warmUpSeconds = try Self.warmUp(plan, evaluator, testExamples, on: backend)
    let build = DeviceSelection.buildSeconds(of: backend) + warmUpSeconds
    timings = Timings(data: plan.dataSeconds, setUp: max(0, setUp.seconds - build), build: build)
  }

  /// Runs each kind of step once on a network that is thrown away; returns the seconds it took.
  ///
  /// Drivers such as PoCL's finish compiling a kernel when it is launched for the first time. That
  /// shall not count as training.
  private static func warmUp(
    _ plan: TrainingPlan, _ evaluator: Evaluator<B>, _ testExamples: Examples<B>, on backend: B
  ) throws -> Double {
    guard DeviceSelection.buildsKernels(backend) else { return 0 }
    let clock = Stopwatch()
    let buildBefore = DeviceSelection.buildSeconds(of: backend)
    let batchSize = plan.options.batchSize(of: plan.data.train.count)
    let count = batchSize + plan.data.train.count % batchSize
    let network = try Network(plan.network, values: plan.initial, on: backend)
    var options = plan.options
    options.stepLimit = nil
    let trainer = try Trainer(
      network, dataset: try plan.data.train.examples(0..<count), options: options)
    _ = try trainer.trainEpoch(1)
    _ = try evaluator.outputs(for: testExamples)
    return clock.seconds - (DeviceSelection.buildSeconds(of: backend) - buildBefore)
  }

  /// How the plan decides the products of this training, for the log.
  var planJSON: JSON { DeviceSelection.plan(of: backend) }

  /// Examples and weights as pictures, for the log; null where there are none.
  var picturesJSON: JSON {
    get throws(BackendError) {
      guard
        let pictures = TrainingPictures(
          plan.data.test, labels: testLabels, outputs: testOutputs)
      else { return .null }
      return pictures.json(plan.network, try parameters())
    }
  }

  /// The trained weights. Waits for the device.
  func parameters() throws(BackendError) -> NetworkParameters { try network.values() }

  /// Trains until the epochs or steps are done, somebody interrupts, or the loss is no number.
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
      recorders?.epoch(EpochReport(result, next.report))
      console.epoch(EpochReport(result, next.report))
      if next.ending != .finished || trainer.stepsTaken >= plan.options.stepLimit ?? .max { break }
    }
    guard let outcome else { throw RunError("no epoch was trained") }
    return outcome
  }

  /// Adds an epoch to what was reached before.
  private func evaluated(
    _ result: Trainer<B>.EpochResult, after earlier: TrainingOutcome?
  ) throws -> TrainingOutcome {
    timings.training += result.seconds
    let clock = Stopwatch()
    let buildBefore = DeviceSelection.buildSeconds(of: backend)
    testOutputs = try evaluator.outputs(for: testExamples)
    let report = ClassificationReport(
      outputs: testOutputs, labels: testLabels,
      classCount: plan.network.outputs)
    let build = DeviceSelection.buildSeconds(of: backend)
    timings.evaluation += clock.seconds - (build - buildBefore)
    timings.build = build + warmUpSeconds
    var outcome = earlier ?? TrainingOutcome(report: report, timings: timings)
    outcome.report = report
    outcome.timings = timings
    outcome.epochs = result.epoch
    outcome.steps += result.steps
    outcome.examples += result.examples
    outcome.trainLoss = result.loss
    if !result.loss.isFinite || !report.meanCrossEntropy.isFinite {
      outcome.ending = .diverged(
        epoch: result.epoch,
        loss: result.loss.isFinite ? report.meanCrossEntropy : result.loss)
    } else if let signal = Interruption.signalNumber {
      outcome.ending = .interrupted(signal: signal)
    }
    return outcome
  }
}

/// What is told of an epoch, on the screen and in the log.
struct EpochReport {
  let epoch: Int
  let steps: Int
  let trainLoss: Double
  let trainAccuracy: Double
  let testLoss: Double
  let testAccuracy: Double
  /// Of the last step.
  let learningRate: Double
  let seconds: Double
  let samplesPerSecond: Double

  init<B>(_ result: Trainer<B>.EpochResult, _ test: ClassificationReport) {
    epoch = result.epoch
    steps = result.steps
    trainLoss = result.loss
    trainAccuracy = result.accuracy
    testLoss = test.meanCrossEntropy
    testAccuracy = test.accuracy
    learningRate = result.learningRate
    seconds = result.seconds
    samplesPerSecond = result.seconds > 0 ? Double(result.examples) / result.seconds : 0
  }
}
