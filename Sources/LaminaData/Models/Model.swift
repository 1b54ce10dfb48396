public import Lamina

/// A network with its parameters and a description of its data.
public struct Model: Sendable, Equatable {
  /// The architecture of the network.
  public var description: NetworkDescription
  /// The weights and biases.
  public var parameters: NetworkParameters
  /// The name of each output: a class, a label or a number; empty if the outputs have no names.
  public var classNames: [String]
  /// The size of the inputs if they are pictures.
  public var imageSize: ImageSize?
  /// The task for which the network was trained.
  public var task: DataTask
  /// The options with which the training data were read and split, without the paths of parts.
  public var dataOptions: DataOptions
  /// The meaning of inputs and outputs; nil in files of version 0.1, which do not contain it.
  public var schema: DataSchema?
  /// The decisions about the data set that no option made.
  public var decisions: [DataDecision]
  /// The probabilities from which labels count as predicted: one for all, or one per label.
  public var thresholds: [Double]
  /// What a user should know of the tensors in the model's file.
  var fileNotices: [String] = []
  /// The version of the program that trained the network; nil in files of version 0.1.
  public var programVersion: String?

  /// Creates a model from its parts.
  public init(
    description: NetworkDescription, parameters: NetworkParameters, classNames: [String] = [],
    imageSize: ImageSize? = nil, task: DataTask = .classification,
    dataOptions: DataOptions = DataOptions(), schema: DataSchema? = nil,
    decisions: [DataDecision] = [], thresholds: [Double] = [0.5],
    programVersion: String? = LaminaVersion.text
  ) {
    self.description = description
    self.parameters = parameters
    self.classNames = classNames
    self.imageSize = imageSize
    self.task = task
    self.dataOptions = dataOptions
    self.schema = schema
    self.decisions = decisions
    self.thresholds = thresholds
    self.programVersion = programVersion
  }

  /// Creates the model of a network that was trained on `data`, which were read with `dataOptions`.
  public init(
    description: NetworkDescription, parameters: NetworkParameters, trainedOn data: LoadedData,
    dataOptions: DataOptions, thresholds: [Double] = [0.5]
  ) {
    let dataset = data.split.train
    var options = dataOptions
    (options.validation, options.test) = (nil, nil)
    if options.labelFile != nil, dataset.targets.task == .multiLabel {
      // The label file may be elsewhere next time; its names are enough.
      options.labelFile = nil
      options.targetColumns = dataset.targets.names.map { ColumnReference($0) }
    }
    options.task = dataset.targets.task
    self.init(
      description: description, parameters: parameters, classNames: dataset.targets.names,
      imageSize: dataset.imageSize, task: dataset.targets.task, dataOptions: options,
      schema: data.schema, decisions: data.decisions, thresholds: thresholds)
  }

  /// The data set at `path`, read with the options and the schema of the training data.
  public func source(_ path: String) -> DataSource {
    DataSource(path, options: dataOptions, schema: schema)
  }

  /// Opens the examples of `source` for predictions: all of them, without targets, matched to the
  /// inputs of the model (``DataSource/stream(inputs:imageSize:keeping:)``).
  ///
  /// - Parameters:
  ///   - source: The source, from ``source(_:)``; its options may differ.
  ///   - kept: The columns of a table whose texts are kept.
  public func stream(
    _ source: DataSource, keeping kept: [ColumnReference] = []
  ) throws(DataError) -> ExampleStream {
    try source.stream(inputs: description.inputs, imageSize: imageSize, keeping: kept)
  }

  /// What a user should know of the model's file, in sentences: that tensors were ignored or found
  /// under other names, and that version 0.1 wrote it, without a schema.
  public var notices: [String] { fileNotices + (schema == nil ? [Self.olderNotice] : []) }

  /// The notice for models of version 0.1, for networks and support vector machines.
  public static let olderNotice =
    "the model was written by version 0.1 and does not have the names of its inputs: columns are "
    + "matched by position, and a file is split like the training data; train it again "
    + "to have them checked"

  /// Throws if the shape or the meaning of the data differs from that of the training data.
  public func check(fits dataset: Dataset) throws(NetworkError) {
    guard description.inputs == dataset.features else {
      throw .mismatch(
        "the model \(description.name) takes \(description.inputs) inputs, "
          + "but \(dataset.name) has \(dataset.features)")
    }
    if let imageSize, let other = dataset.imageSize, imageSize != other {
      throw .mismatch(
        "the model takes images of \(imageSize.height) x \(imageSize.width) pixels, "
          + "but those of \(dataset.name) have \(other.height) x \(other.width)")
    }
    guard description.targets == dataset.outputs else {
      throw .mismatch(
        "the model \(description.name) has \(description.outputs) outputs"
          + (description.loss.outputsPerTarget > 1 ? " for \(description.targets) targets" : "")
          + ", "
          + "but \(dataset.name) has \(dataset.outputs) \(dataset.targets.task.outputsName)")
    }
    guard task == dataset.targets.task else {
      throw .mismatch(
        "the model was trained for \(task.text), "
          + "but the targets of \(dataset.name) are for \(dataset.targets.task.text)")
    }
    let names = dataset.targets.names
    for (index, (own, other)) in zip(classNames, names).enumerated() where own != other {
      throw .mismatch(
        "output \(index) of the model is \(own), but in \(dataset.name) it is \(other)")
    }
  }
}
