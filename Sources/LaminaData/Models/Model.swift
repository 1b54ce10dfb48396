public import Lamina

/// A network with its parameters and what is known of the data that it is for.
public struct Model: Sendable, Equatable {
  /// The shape.
  public var description: NetworkDescription
  /// The weights and biases.
  public var parameters: NetworkParameters
  /// What each output stands for: a class, a label or a number; empty where nobody named them.
  public var classNames: [String]
  /// The size of its inputs where these are pictures.
  public var imageSize: ImageSize?
  /// What the network was trained for.
  public var task: DataTask
  /// How the data set that it was trained with was read and divided, without the paths of parts.
  public var dataOptions: DataOptions
  /// What its inputs and outputs stand for; nil in files of version 0.1, which does not write it.
  public var schema: DataSchema?
  /// What was decided about the data set that nobody had said.
  public var decisions: [DataDecision]
  /// From which probability on labels are named: one for all, or one a label.
  public var thresholds: [Double]
  /// The version of the program that trained it; nil in files of version 0.1.
  public var programVersion: String?

  /// Puts a model together.
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

  /// A network that was trained with `data`, which were read with `dataOptions`.
  public init(
    description: NetworkDescription, parameters: NetworkParameters, trainedOn data: LoadedData,
    dataOptions: DataOptions, thresholds: [Double] = [0.5]
  ) {
    let dataset = data.split.train
    var options = dataOptions
    (options.validation, options.test) = (nil, nil)
    if options.labelFile != nil, dataset.targets.task == .multiLabel {
      // The label file may lie elsewhere next time; the names that it gave serve as well.
      options.labelFile = nil
      options.targetColumns = dataset.targets.names.map { ColumnReference($0) }
    }
    options.task = dataset.targets.task
    self.init(
      description: description, parameters: parameters, classNames: dataset.targets.names,
      imageSize: dataset.imageSize, task: dataset.targets.task, dataOptions: options,
      schema: data.schema, decisions: data.decisions, thresholds: thresholds)
  }

  /// The data set at `path`, read as that of the training was and by what the model knows of it.
  public func source(_ path: String) -> DataSource {
    DataSource(path, options: dataOptions, schema: schema)
  }

  /// What a file of an earlier version does not know, and what becomes of that; nil for others.
  public var notice: String? {
    schema == nil ? Self.olderNotice : nil
  }

  /// What models of version 0.1 do not know, of networks and of support vectors.
  public static let olderNotice =
    "the model was written by version 0.1 and does not know the names of its inputs: columns are "
    + "taken by their places, and a file is divided as that of the training was; train it again "
    + "to have them checked"

  /// Refuses data of another shape or meaning than the network was trained with.
  public func check(fits dataset: Dataset) throws(NetworkError) {
    guard description.inputs == dataset.features else {
      throw .mismatch(
        "the model \(description.name) takes \(description.inputs) inputs, "
          + "and \(dataset.name) has \(dataset.features)")
    }
    if let imageSize, let other = dataset.imageSize, imageSize != other {
      throw .mismatch(
        "the model takes images of \(imageSize.height) x \(imageSize.width) pixels, "
          + "and those of \(dataset.name) have \(other.height) x \(other.width)")
    }
    guard description.outputs == dataset.outputs else {
      throw .mismatch(
        "the model \(description.name) has \(description.outputs) outputs, "
          + "and \(dataset.name) has \(dataset.outputs) \(dataset.targets.task.outputsName)")
    }
    guard task == dataset.targets.task else {
      throw .mismatch(
        "the model was trained for \(task.text), "
          + "and the targets of \(dataset.name) are for \(dataset.targets.task.text)")
    }
    let names = dataset.targets.names
    for (index, (own, other)) in zip(classNames, names).enumerated() where own != other {
      throw .mismatch(
        "output \(index) of the model stands for \(own), and in \(dataset.name) for \(other)")
    }
  }
}
