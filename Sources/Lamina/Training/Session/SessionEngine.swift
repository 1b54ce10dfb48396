/// A network in training on a device, whichever backend that has.
protocol SessionNetwork: AnyObject {
  /// Gives the monitored value to a schedule for plateaus, before the next epoch.
  func monitor(_ value: Double)
  func parameters() throws(BackendError) -> NetworkParameters
  func load(_ parameters: NetworkParameters) throws(BackendError)
}

/// The work of a session on its device.
protocol SessionEngine: SessionNetwork {
  var device: DeviceDescription { get }
  var report: DeviceReport { get }
  /// Seconds of the first run of each kind of step, in which drivers may still compile.
  var warmUpSeconds: Double { get }

  func trainEpoch(
    _ epoch: Int, progress: (Int) -> Void, shouldStop: () -> Bool
  ) throws(BackendError) -> TrainedEpoch
  /// Runs the part that each epoch ends with: the validation part, or the test part without one.
  func reportMonitored() throws(BackendError) -> PartReport
  func reportTest() throws(BackendError) -> PartReport
}

/// Network, trainer, evaluator and the parts of the data on one backend.
final class BackendEngine<B: Backend>: SessionEngine {
  private typealias Part = (dataset: Dataset, data: DeviceDataset<B>)

  let warmUpSeconds: Double
  private let setup: TrainingSetup
  private let network: Network<B>
  private let trainer: Trainer<B>
  private let evaluator: Evaluator<B>
  private let test: Part
  private let validation: Part?

  /// Uploads everything that training and evaluation need.
  init(_ setup: TrainingSetup, on backend: B) throws(BackendError) {
    self.setup = setup
    network = try Network(setup.network, values: setup.initial, on: backend)
    let most = max(setup.data.test.count, setup.data.validation?.count ?? 0)
    let evaluator = try Evaluator(network, most: most)
    self.evaluator = evaluator
    func part(_ dataset: Dataset) throws(BackendError) -> Part {
      (dataset, try DeviceDataset(dataset, for: setup.network, on: backend))
    }
    let test = try part(setup.data.test)
    self.test = test
    // While training waits for its kernels to be tried, others may be.
    try evaluator.anticipate(test.data)
    trainer = try Trainer(
      network, dataset: setup.data.train, options: setup.options, rows: setup.rows)
    validation = try setup.data.validation.map(part)
    try backend.synchronize()
    warmUpSeconds = try Self.warmUp(setup, on: backend) { () throws(BackendError) in
      _ = try evaluator.evaluate(test.data)
    }
  }

  /// Runs each kind of step once on a network that is thrown away, and an evaluation; returns the
  /// seconds it took without compilers.
  ///
  /// Drivers such as PoCL's finish compiling a kernel when it is launched for the first time. That
  /// shall not count as training.
  private static func warmUp(
    _ setup: TrainingSetup, on backend: B, _ evaluate: () throws(BackendError) -> Void
  ) throws(BackendError) -> Double {
    let before = backend.report
    guard before.compilesKernels else { return 0 }
    let start = ContinuousClock.now
    let train = setup.data.train
    let (count, batchSize) = (setup.exampleCount, setup.options.batchSize(of: setup.exampleCount))
    var options = setup.options
    options.stepLimit = nil
    let trainer = try Trainer(
      Network(setup.network, values: setup.initial, on: backend),
      dataset: train.examples(Array(0..<batchSize + count % batchSize)), options: options)
    _ = try trainer.trainEpoch(1)
    try evaluate()
    return start.secondsToNow - (backend.report.buildSeconds - before.buildSeconds)
  }

  var device: DeviceDescription { network.backend.device }
  var report: DeviceReport { network.backend.report }

  func trainEpoch(
    _ epoch: Int, progress: (Int) -> Void, shouldStop: () -> Bool
  ) throws(BackendError) -> TrainedEpoch {
    try trainer.trainEpoch(epoch, progress: progress, shouldStop: shouldStop)
  }

  func monitor(_ value: Double) { trainer.monitoredValue = value }

  func reportMonitored() throws(BackendError) -> PartReport { try report(validation ?? test) }

  func reportTest() throws(BackendError) -> PartReport { try report(test) }

  private func report(_ part: Part) throws(BackendError) -> PartReport {
    PartReport(try evaluator.evaluate(part.data), of: setup, for: part.dataset)
  }

  func parameters() throws(BackendError) -> NetworkParameters { try network.values() }

  func load(_ parameters: NetworkParameters) throws(BackendError) { try network.load(parameters) }
}

extension ContinuousClock.Instant {
  /// Seconds from this moment to now.
  var secondsToNow: Double { (ContinuousClock.now - self) / .seconds(1) }
}
