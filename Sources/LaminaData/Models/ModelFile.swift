import FoundationEssentials
import Lamina

extension Model {
  /// Reads a safetensors file written by ``write(to:)``.
  ///
  /// The tensors must be those of the network described in the metadata, with finite values.
  public init(path: String) throws(DataError) {
    let file = try Safetensors(path: path)
    self = try problems(of: path, as: DataError.model, Self(file))
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
    let notes = [ModelNotes.name: ModelNotes(self).text, "format": "pt"]
    try Safetensors(metadata: notes, tensors: tensors).write(to: path)
  }

  private init(_ file: Safetensors) throws(ModelProblem) {
    let notes = try ModelNotes(file.metadata)
    let description = notes.network
    do throws(NetworkError) { try description.validate() } catch {
      throw .notes(reason: error.description)
    }
    let wanted = description.parameterTensors
    var tensors: [[Float]] = []
    for tensor in wanted { tensors.append(try file.values(tensor.name, shape: tensor.shape)) }
    let names = Set(wanted.map(\.name))
    if let unknown = file.tensors.first(where: { !names.contains($0.name) }) {
      throw .unknownTensor(unknown.name)
    }
    let parameters = NetworkParameters(tensors: tensors)
    do throws(NetworkError) { try parameters.validate(for: description) } catch {
      throw .parameters(reason: error.description)
    }
    self.init(
      description: description, parameters: parameters,
      classNames: notes.classes, imageSize: notes.image,
      task: notes.task ?? .classification, dataOptions: notes.data ?? DataOptions(),
      schema: notes.schema, decisions: notes.decisions ?? [],
      thresholds: notes.thresholds ?? [0.5], programVersion: notes.program)
  }
}

extension Safetensors {
  /// The values of a tensor, which must exist, have this shape and be finite.
  fileprivate func values(_ name: String, shape: [Int]) throws(ModelProblem) -> [Float] {
    guard let tensor = self[name] else { throw .missingTensor(name) }
    guard tensor.shape == shape else {
      throw .shape(tensor: name, found: tensor.shape, wanted: shape)
    }
    if let index = tensor.values.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(tensor: name, index: index, value: "\(tensor.values[index])")
    }
    return tensor.values
  }
}

/// The metadata of a model file, as JSON.
private struct ModelNotes: FileNotes {
  /// The key of the notes in the metadata.
  static let name = "lamina"
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
    guard let text = metadata[Self.name] else { throw .noNotes }
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
      let inputs = schema.columns.flatMap(\.inputNames).count
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
