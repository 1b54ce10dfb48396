public import Lamina
public import LaminaData

/// Training and loading of models in one call each.
///
///     let model = try await Lamina.fit(rows, classes: species)
///     print(try model.predict([[5.1, 3.5, 1.4, 0.2]])[0].className ?? "none")
///     try model.save(to: "iris.safetensors")
///
/// The functions train on a thread of their own. Cancelling the task ends the training with
/// `CancellationError`.
public enum Lamina {
  /// Is called after each epoch, on the thread of the training.
  public typealias EpochHandler = @Sendable (EpochReport) -> EpochDecision

  /// What follows an epoch.
  public enum EpochDecision: Sendable {
    /// The next epoch, if there is one.
    case goOn
    /// The end of the training, with the model as it is, or as it was at its best if it stops early.
    case stop
  }

  /// Trains a network that tells classes.
  ///
  /// - Parameters:
  ///   - rows: The inputs of each example.
  ///   - classes: The name of the class of each example.
  ///   - names: The names of the inputs, by which `lamina predict` finds them in tables; none if
  ///     they have only places.
  ///   - options: The network and its training.
  ///   - onEpoch: Called after each epoch.
  /// - Throws: ``LearningError`` for rows, `NetworkError` for options, `BackendError` for a device.
  public static func fit(
    _ rows: [[Float]], classes: [String], names: [String] = [], options: FitOptions = FitOptions(),
    onEpoch: @escaping EpochHandler = { _ in .goOn }
  ) async throws -> TrainedModel {
    let targets = try RowData.classes(classes, rows: rows.count)
    return try await fit(RowData(rows, names: names, targets), options, onEpoch)
  }

  /// Trains a network that tells numbers, which it learns standardised and gives in their own unit.
  ///
  /// - Parameters:
  ///   - rows: The inputs of each example.
  ///   - numbers: The numbers of each example, as many for each.
  ///   - targets: The names of the numbers; none for `y1`, `y2` and so on.
  ///   - names: The names of the inputs, or none.
  ///   - options: The network and its training.
  ///   - onEpoch: Called after each epoch.
  /// - Throws: ``LearningError`` for rows, `NetworkError` for options, `BackendError` for a device.
  public static func fit(
    _ rows: [[Float]], numbers: [[Double]], targets: [String] = [], names: [String] = [],
    options: FitOptions = FitOptions(), onEpoch: @escaping EpochHandler = { _ in .goOn }
  ) async throws -> TrainedModel {
    let answers = try RowData.numbers(numbers, targets, rows: rows.count)
    return try await fit(RowData(rows, names: names, answers), options, onEpoch)
  }

  /// Trains a network that tells which of several labels apply.
  ///
  /// - Parameters:
  ///   - rows: The inputs of each example.
  ///   - labels: For each example, whether each label applies.
  ///   - labelNames: The names of the labels.
  ///   - names: The names of the inputs, or none.
  ///   - options: The network and its training.
  ///   - onEpoch: Called after each epoch.
  /// - Throws: ``LearningError`` for rows, `NetworkError` for options, `BackendError` for a device.
  public static func fit(
    _ rows: [[Float]], labels: [[Bool]], labelNames: [String], names: [String] = [],
    options: FitOptions = FitOptions(), onEpoch: @escaping EpochHandler = { _ in .goOn }
  ) async throws -> TrainedModel {
    let answers = try RowData.labels(labels, labelNames, rows: rows.count)
    return try await fit(RowData(rows, names: names, answers), options, onEpoch)
  }

  /// Trains a network with a data set: a table, pictures or arrays, as `lamina train` reads them.
  ///
  /// - Parameters:
  ///   - path: The path, or the name of built-in data.
  ///   - reading: The options for reading and splitting.
  ///   - options: The network and its training.
  ///   - onEpoch: Called after each epoch.
  /// - Throws: `DataError` for the data, `NetworkError` for options, `BackendError` for a device.
  public static func fit(
    data path: String, reading: DataOptions = DataOptions(), options: FitOptions = FitOptions(),
    onEpoch: @escaping EpochHandler = { _ in .goOn }
  ) async throws -> TrainedModel {
    try await OwnThread.run { isCancelled in
      var source = DataSource(path, options: reading)
      source.embeddingBound = DataSource.usualEmbeddingBound
      let data = try source.read()
      return try Fitting(data, reading, options).run(onEpoch, isCancelled)
    }
  }

  /// Reads a model that `lamina train` or ``TrainedModel/save(to:)`` wrote.
  ///
  /// - Parameters:
  ///   - path: The path of the safetensors file.
  ///   - device: The device that predicts: `cpu`, `opencl`, `opencl:1`, or part of a name.
  /// - Throws: `DataError` for the file.
  public static func load(_ path: String, device: String = "cpu") throws(DataError) -> TrainedModel
  {
    TrainedModel(try Model(path: path), device: device)
  }

  private static func fit(
    _ data: RowData, _ options: FitOptions, _ onEpoch: @escaping EpochHandler
  ) async throws -> TrainedModel {
    let loaded = try data.loaded(validationShare: options.validationShare, seed: options.seed)
    return try await OwnThread.run { isCancelled in
      try Fitting(loaded, DataOptions(), options).run(onEpoch, isCancelled)
    }
  }
}
