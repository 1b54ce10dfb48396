import Lamina
import LaminaData
import LaminaDevices

/// One training, from data to a model.
struct Fitting {
  private let data: LoadedData
  private let reading: DataOptions
  private let options: FitOptions
  private let setup: TrainingSetup

  init(_ data: LoadedData, _ reading: DataOptions, _ options: FitOptions) throws {
    (self.data, self.reading, self.options) = (data, reading, options)
    let train = data.split.train
    let training = options.training(exampleCount: train.count)
    try training.validate(exampleCount: train.count)
    let network = try NetworkDescription(for: train, hidden: options.hidden, options.network)
    try network.validate(batchSize: training.batchSize(of: train.count))
    try train.checkPrecision(under: network.inputScaling)
    // There is nothing else to stop by.
    let earlyStopping = data.split.validation == nil ? nil : options.earlyStopping
    try earlyStopping?.validate()
    setup = TrainingSetup(
      network: network,
      initial: NetworkParameters(
        for: network, initialization: options.initialization, seed: options.seed),
      data: data.split, options: training, earlyStopping: earlyStopping)
  }

  /// Trains until the end, or until the handler or the task says so.
  func run(
    _ onEpoch: Lamina.EpochHandler, _ isCancelled: @Sendable () -> Bool
  ) throws -> TrainedModel {
    let settings = DeviceOptions(precision: options.precision, warn: options.warn)
    let device = try OpenDevice.open([options.device], settings)[0]
    return try train(on: device.backend, onEpoch, isCancelled)
  }

  private func train(
    on backend: some Backend, _ onEpoch: Lamina.EpochHandler, _ isCancelled: @Sendable () -> Bool
  ) throws -> TrainedModel {
    let session = try TrainingSession(setup, on: backend)
    var history: [TrainedModel.Epoch] = []
    while !session.isOver {
      let report = try session.trainEpoch(shouldStop: isCancelled)
      if isCancelled() { throw CancellationError() }
      history.append(TrainedModel.Epoch(report))
      if onEpoch(report) == .stop { break }
    }
    let outcome = try session.finish()
    let model = Model(
      description: setup.network, parameters: try session.parameters(), trainedOn: data,
      dataOptions: reading, thresholds: setup.thresholds)
    return TrainedModel(
      model, device: options.device, precision: options.precision, history: history,
      report: outcome.test.report)
  }
}
