import FoundationEssentials
import Lamina

extension Model {
  /// Reads a safetensors file written by ``write(to:)``, or by another program that kept the
  /// metadata.
  ///
  /// The network of the metadata must find its tensors by name, or else by shapes and order, with
  /// finite values. ``notices`` tells what else is in the file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - weightNames: The names of the file's modules in the order of the network's layers that
  ///     have tensors; nil to find out.
  public init(path: String, weightNames: [String]? = nil) throws(DataError) {
    try self.init(Safetensors(path: path), path: path, weightNames: weightNames)
  }

  /// The model in a file that was read from `path`.
  package init(
    _ file: Safetensors, path: String, weightNames: [String]? = nil
  ) throws(DataError) {
    self = try problems(of: path, as: DataError.model, Self(file, weightNames))
  }

  /// Writes the file at `path` atomically.
  ///
  /// The names and shapes of the tensors are PyTorch's: a dense layer N has `layers.N.weight`
  /// (outputs × inputs) and `layers.N.bias`. A normalisation stores its scale and shift under the
  /// same names; batch normalisation also has `layers.N.running_mean` and `layers.N.running_var`.
  /// Layers inside a residual block N are `layers.N.layers.M`.
  public func write(to path: String) throws(DataError) {
    let tensors = zip(description.parameterTensors, parameters.tensors).map { tensor, values in
      Safetensors.Tensor(name: tensor.name, shape: tensor.shape, values: values)
    }
    let notes = [ModelNotes.name: notes, "format": "pt"]
    try Safetensors(metadata: notes, tensors: tensors).write(to: path)
  }

  private init(_ file: Safetensors, _ weightNames: [String]?) throws(ModelProblem) {
    let notes = try ModelNotes(file.metadata)
    let description = notes.network
    do throws(NetworkError) { try description.validate() } catch {
      throw .notes(reason: error.description)
    }
    let found = try file.parameters(of: description, names: weightNames)
    self.init(
      description: description, parameters: found.parameters,
      classNames: notes.classes, imageSize: notes.image,
      task: notes.task ?? .classification, dataOptions: notes.data ?? DataOptions(),
      schema: notes.schema, decisions: notes.decisions ?? [],
      thresholds: notes.thresholds ?? [0.5], programVersion: notes.program)
    fileNotices = found.notices
  }

  /// The description of the model as JSON, as the metadata of its file have it under `lamina`.
  var notes: String { ModelNotes(self).text }
}

extension Safetensors {
  /// Whether the metadata describe nothing that Lamina writes.
  package var isForeign: Bool {
    metadata[ModelNotes.name] == nil && metadata[ModelNotes.machineName] == nil
  }
}

/// The metadata of a model file, as JSON.
private struct ModelNotes: FileNotes {
  /// The key of the notes in the metadata.
  static let name = "lamina"
  /// The key of the notes of a support vector machine.
  static let machineName = "lamina_svm"
  static let newestVersion = 3

  let version: Int
  let network: NetworkDescription
  let classes: [String]
  let image: ImageSize?
  /// Missing in files of earlier programs: version 1 has none of these, version 2 only the first
  /// two.
  let task: DataTask?
  let data: DataOptions?
  let schema: DataSchema?
  let decisions: [DataDecision]?
  let thresholds: [Double]?
  let program: String?

  init(_ model: Model) {
    version = Self.newestVersion
    network = model.description
    classes = model.classNames
    image = model.imageSize
    task = model.task
    data = model.dataOptions
    schema = model.schema
    decisions = model.decisions
    thresholds = model.thresholds
    program = model.programVersion
  }

  init(_ metadata: [String: String]) throws(ModelProblem) {
    guard let text = metadata[Self.name] else {
      throw metadata[Self.machineName] == nil ? .noNotes : .supportVectorMachine
    }
    do { self = try Self.read(text) } catch let error as NewerNotes {
      throw .newerVersion(found: error.version, newest: Self.newestVersion)
    } catch {
      throw .notes(reason: decodingReason(error))
    }
    guard classes.isEmpty || classes.count == network.targets else {
      let what = network.loss.outputsPerTarget > 1 ? "targets" : "outputs"
      throw .notes(reason: "\(classes.count) class names for \(network.targets) \(what)")
    }
    try checkSchema()
    if let image, !image.has(pixels: network.inputs) {
      throw .notes(
        reason: "an image of \(image.height) x \(image.width) pixels for \(network.inputs) inputs")
    }
  }

  /// Throws if the schema or the thresholds do not fit the network.
  private func checkSchema() throws(ModelProblem) {
    if let schema {
      let inputs = schema.inputNames.count
      guard inputs == 0 || inputs == network.inputs else {
        throw .notes(
          reason: "its columns make \(inputs) inputs, but the network has \(network.inputs)")
      }
      guard schema.outputs == classes, schema.task == task else {
        throw .notes(reason: "its schema and the network differ in outputs or task")
      }
    }
    if let thresholds {
      guard thresholds.count == 1 || thresholds.count == classes.count,
        thresholds.allSatisfy({ (0...1).contains($0) })
      else {
        throw .notes(
          reason: "it has \(thresholds.count) thresholds, but needs one for all labels or one per "
            + "label, each from 0 to 1")
      }
    }
  }
}
