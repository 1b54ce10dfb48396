/// The work of a population's session on its device, whichever backend that has.
protocol PopulationEngine: AnyObject {
  var device: DeviceDescription { get }
  var report: DeviceReport { get }
  /// Seconds of the first run of each kind of step, in which drivers may still compile.
  var warmUpSeconds: Double { get }
  /// The networks in training.
  var networks: [any SessionNetwork] { get }

  func trainEpoch(
    _ epoch: Int, progress: (Int) -> Void, shouldStop: () -> Bool
  ) throws(BackendError) -> [TrainedEpoch]
  /// Runs the part that each epoch ends with on the parameters that the networks have now.
  func reportsMonitored() throws(BackendError) -> [PartReport]
  /// Runs the test part on the parameters that the networks have now.
  func reportsTest() throws(BackendError) -> [PartReport]
}

/// Trainer, evaluator and the parts of the data on one backend.
final class BackendPopulation<B: Backend>: PopulationEngine {
  let warmUpSeconds: Double
  private let setups: [TrainingSetup]
  private let backend: B
  private let trainer: PopulationTrainer<B>
  private let evaluator: PopulationEvaluator<B>
  private let test: DeviceDataset<B>
  private let validation: DeviceDataset<B>?

  /// Uploads everything that training and evaluation need.
  ///
  /// - Precondition: the setups have been validated as a population.
  init(_ setups: [TrainingSetup], on backend: B) throws(BackendError) {
    self.setups = setups
    self.backend = backend
    let (description, data) = (setups[0].network, setups[0].data)
    test = try DeviceDataset(data.test, for: description, on: backend)
    trainer = try PopulationTrainer(
      description, setups.map(\.training), dataset: data.train, on: backend)
    evaluator = try PopulationEvaluator(
      trainer.networks, most: max(data.test.count, data.validation?.count ?? 0))
    var validation: DeviceDataset<B>?
    if let part = data.validation {
      validation = try DeviceDataset(part, for: description, on: backend)
    }
    self.validation = validation
    try backend.synchronize()
    warmUpSeconds = try Self.warmUp(setups, evaluator, test, on: backend)
  }

  /// Runs each kind of step once on networks that are thrown away, and an evaluation; returns the
  /// seconds it took without compilers. See ``BackendEngine``.
  private static func warmUp(
    _ setups: [TrainingSetup], _ evaluator: PopulationEvaluator<B>, _ test: DeviceDataset<B>,
    on backend: B
  ) throws(BackendError) -> Double {
    let before = backend.report
    guard before.compilesKernels else { return 0 }
    let start = ContinuousClock.now
    let train = setups[0].data.train
    let trainings = setups.prefix(2).map { setup in
      let (count, batchSize) = (
        setup.exampleCount, setup.options.batchSize(of: setup.exampleCount)
      )
      var training = setup.training
      training.options.stepLimit = nil
      training.options.batchSize = batchSize
      training.rows = [Int32](0..<Int32(batchSize + count % batchSize))
      return training
    }
    let most = trainings.map { $0.rows?.count ?? 0 }.max() ?? 0
    let trainer = try PopulationTrainer(
      setups[0].network, trainings, dataset: train.examples(Array(0..<most)), on: backend)
    _ = try trainer.trainEpoch(1)
    _ = try evaluator.evaluate(test)
    return start.secondsToNow - (backend.report.buildSeconds - before.buildSeconds)
  }

  var device: DeviceDescription { backend.device }
  var report: DeviceReport { backend.report }
  var networks: [any SessionNetwork] {
    trainer.networks.indices.map { PopulationNetwork(trainer: trainer, place: $0) }
  }

  func trainEpoch(
    _ epoch: Int, progress: (Int) -> Void, shouldStop: () -> Bool
  ) throws(BackendError) -> [TrainedEpoch] {
    try trainer.trainEpoch(epoch, progress: progress, shouldStop: shouldStop)
  }

  func reportsMonitored() throws(BackendError) -> [PartReport] {
    guard let validation else { return try reportsTest() }
    return try reports(validation) { $0.validation ?? $0.test }
  }

  func reportsTest() throws(BackendError) -> [PartReport] { try reports(test, \.test) }

  private func reports(
    _ data: DeviceDataset<B>, _ part: (DatasetSplit) -> Dataset
  ) throws(BackendError) -> [PartReport] {
    zip(try evaluator.evaluate(data), setups).map { evaluation, setup in
      PartReport(evaluation, of: setup, for: part(setup.data))
    }
  }
}

/// A network of a population.
private final class PopulationNetwork<B: Backend>: SessionNetwork {
  private let trainer: PopulationTrainer<B>
  private let place: Int

  init(trainer: PopulationTrainer<B>, place: Int) {
    self.trainer = trainer
    self.place = place
  }

  func monitor(_ value: Double) { trainer.monitor(value, of: place) }
  func parameters() throws(BackendError) -> NetworkParameters {
    try trainer.networks[place].values()
  }
  func load(_ parameters: NetworkParameters) throws(BackendError) {
    try trainer.networks[place].load(parameters)
  }
}

extension TrainingSetup {
  fileprivate var training: PopulationTraining {
    PopulationTraining(initial: initial, options: options, rows: rows)
  }
}
