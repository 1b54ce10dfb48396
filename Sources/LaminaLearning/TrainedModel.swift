public import Lamina
public import LaminaData
import Synchronization

/// A network that was trained, with the meaning of its inputs and outputs.
public final class TrainedModel: Sendable {
  /// One epoch of the training.
  public struct Epoch: Sendable, Equatable {
    /// Its number, counted from 1.
    public let epoch: Int
    /// The mean loss of the examples trained with.
    public let trainLoss: Double
    /// The mean loss of the examples that each epoch ends with.
    public let loss: Double
    /// Their accuracy, F1 or R² (`TaskReport.headline`); nil where it is not defined.
    public let score: Double?

    init(_ report: EpochReport) {
      epoch = report.epoch
      trainLoss = report.trainLoss
      loss = report.part.loss
      score = report.part.report.headline.value
    }
  }

  /// All that the file of the model holds.
  public let model: Model
  /// The epochs of the training; empty for a model that was loaded.
  public let history: [Epoch]
  /// The scores on the test part of a data set, or on the validation part of rows; nil for a model
  /// that was loaded.
  public let report: TaskReport?
  /// The device that predicts.
  public let device: String

  private let precision: Precision
  private let predictor = Mutex<OpenPredictor?>(nil)

  /// The names of the classes, labels or numbers; empty for auto-encoders.
  public var outputs: [String] { model.classNames }

  init(
    _ model: Model, device: String, precision: Precision = .fp32, history: [Epoch] = [],
    report: TaskReport? = nil
  ) {
    self.model = model
    self.device = device
    self.precision = precision
    self.history = history
    self.report = report
  }

  /// Predicts examples whose answers nobody knows.
  ///
  /// The first call opens the device, which takes longer. Calls of several threads take turns.
  ///
  /// - Parameter rows: The inputs of each example, in the order of the training.
  /// - Returns: One prediction per row.
  /// - Throws: ``LearningError`` for rows, `BackendError` for the device.
  public func predict(_ rows: [[Float]]) throws -> [Prediction] {
    let count = model.description.inputs
    if let columns = model.schema?.columns, !columns.isEmpty,
      !columns.allSatisfy({ $0.content == .numbers && $0.filling == nil })
    {
      throw LearningError.needsTable(columns: columns.count)
    }
    guard !rows.isEmpty else { return [] }
    let dataset = Dataset(
      name: "the rows", inputs: .floats(try RowData.inputs(rows, count: count)), targets: .inputs,
      features: count)
    return try predictions(for: dataset)
  }

  /// The result of ``predict(_:)``, computed on a thread of its own so that no task waits.
  public func predictions(for rows: [[Float]]) async throws -> [Prediction] {
    try await OwnThread.run { _ in try self.predict(rows) }
  }

  /// Predicts all examples of a table, pictures or arrays, in their order, without targets.
  ///
  /// - Parameter path: The path, or the name of built-in data; `-` for a table on the standard input.
  /// - Returns: One prediction per example. `Model.stream(_:keeping:)` of LaminaData takes them block
  ///   by block.
  /// - Throws: `DataError` for the data, `BackendError` for the device.
  public func predict(data path: String) throws -> [Prediction] {
    let stream = try model.stream(model.source(path))
    var all: [Prediction] = []
    while let block = try stream.next() { all += try predictions(for: block.examples) }
    return all
  }

  /// The result of ``predict(data:)``, computed on a thread of its own; ends if the task is cancelled.
  public func predictions(data path: String) async throws -> [Prediction] {
    try await OwnThread.run { isCancelled in
      let stream = try self.model.stream(self.model.source(path))
      var all: [Prediction] = []
      while let block = try stream.next(isStopped: isCancelled) {
        if isCancelled() { break }
        all += try self.predictions(for: block.examples)
      }
      if isCancelled() { throw CancellationError() }
      return all
    }
  }

  /// Writes a safetensors file, which `lamina` and ``Lamina/load(_:device:)`` read.
  public func save(to path: String) throws(DataError) { try model.write(to: path) }

  private func predictions(for dataset: Dataset) throws -> [Prediction] {
    let outputs = try predictor.withLock { predictor in
      let open = try predictor ?? OpenPredictor(model, device, precision)
      predictor = open
      return try open.outputs(for: dataset)
    }
    return Prediction.all(outputs, of: model)
  }
}
