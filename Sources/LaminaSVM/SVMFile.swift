import FoundationEssentials
import Lamina
public import LaminaData

extension SupportVectorMachine {
  /// Reads and checks a safetensors file written by ``write(to:)``.
  public init(path: String) throws {
    let file = try Safetensors(path: path)
    do throws(FileProblem) { try self.init(file) } catch {
      throw SVMError.file(path: path, reason: error.reason)
    }
  }

  /// Writes a safetensors file atomically.
  ///
  /// `support_vectors` (support vectors × inputs, not scaled), `dual_coefficients` (classes - 1 ×
  /// support vectors) and `intercepts` (one per pair of classes) have the layout of scikit-learn's
  /// `SVC`. The metadata contain the rest as JSON under `lamina_svm`.
  public func write(to path: String) throws(DataError) {
    let tensors = tensorShapes.map { name, shape, values in
      Safetensors.Tensor(name: name, shape: shape, values: self[keyPath: values])
    }
    try Safetensors(metadata: [Notes.name: Notes(self).text], tensors: tensors).write(to: path)
  }

  /// The tensors of a file, with their shapes.
  private var tensorShapes: [(String, [Int], WritableKeyPath<Self, [Float]>)] {
    [
      ("support_vectors", [supportCount, features], \.supportVectors),
      ("dual_coefficients", [labels.count - 1, supportCount], \.dualCoefficients),
      ("intercepts", [pairs.count], \.intercepts),
    ]
  }

  private init(_ file: Safetensors) throws(FileProblem) {
    let notes = try Notes(file.metadata)
    self.init(
      kernel: notes.kernel, inputScaling: notes.inputScaling, features: notes.features,
      supportVectors: [], labels: notes.labels, supportCounts: notes.supportCounts,
      dualCoefficients: [], intercepts: [], classNames: notes.classes, imageSize: notes.image)
    (schema, decisions) = (notes.schema, notes.decisions ?? [])
    for (name, shape, values) in tensorShapes {
      if let tensor = file.unusable.first(where: { $0.name == name }) {
        throw FileProblem(tensor.problem.description)
      }
      guard let tensor = file[name] else { throw FileProblem("the tensor \(name) is missing") }
      guard tensor.shape == shape else {
        throw FileProblem("\(name) has the shape \(tensor.shape), but \(shape) is needed")
      }
      if let index = tensor.values.firstIndex(where: { !$0.isFinite }) {
        throw FileProblem(
          "\(name) has the value \(tensor.values[index]) at index \(index), but must be finite")
      }
      self[keyPath: values] = tensor.values
    }
    let names = tensorShapes.map { $0.0 }
    let all = file.tensors.map(\.name) + file.unusable.map(\.name)
    if let unknown = all.first(where: { !names.contains($0) }) {
      throw FileProblem("the tensor \(unknown) does not belong to it")
    }
  }
}

/// A problem with a file, without its path.
private struct FileProblem: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}

/// The metadata of a file, as JSON.
private struct Notes: FileNotes {
  /// The key of the notes in the metadata.
  static let name = "lamina_svm"
  static let newestVersion = 2

  let version: Int
  let kernel: KernelFunction
  let inputScaling: InputScaling
  let features: Int
  let labels: [Int32]
  let supportCounts: [Int]
  let classes: [String]
  let image: ImageSize?
  /// Missing in files of version 1, like the decisions.
  let schema: DataSchema?
  let decisions: [DataDecision]?

  init(_ machine: SupportVectorMachine) {
    version = Self.newestVersion
    kernel = machine.kernel
    inputScaling = machine.inputScaling
    features = machine.features
    labels = machine.labels
    supportCounts = machine.supportCounts
    classes = machine.classNames
    image = machine.imageSize
    schema = machine.schema
    decisions = machine.decisions
  }

  init(_ metadata: [String: String]) throws(FileProblem) {
    guard let text = metadata[Self.name] else {
      throw FileProblem("its metadata have no \"\(Self.name)\"")
    }
    do {
      self = try Self.read(text)
      try kernel.validate()
    } catch let error as NewerNotes {
      throw FileProblem(
        "its format has version \(error.version), but this program reads versions up to "
          + "\(Self.newestVersion)")
    } catch let error as NetworkError {
      throw FileProblem("\(error)")
    } catch {
      throw FileProblem("its description is invalid: \(decodingReason(error))")
    }
    try check()
  }

  /// Throws if the numbers are inconsistent.
  private func check() throws(FileProblem) {
    do throws(NetworkError) { try inputScaling.validate(features: features) } catch {
      throw FileProblem("\(error)")
    }
    if let schema {
      let inputs = schema.inputNames.count
      guard inputs == 0 || inputs == features, schema.outputs == classes,
        schema.task == .classification
      else { throw FileProblem("its schema does not match its inputs or classes") }
    }
    guard labels.count > 1, zip(labels, labels.dropFirst()).allSatisfy({ $0 < $1 }),
      labels[0] >= 0, labels[labels.count - 1] < classes.count
    else {
      throw FileProblem(
        "its labels are not two or more of \(classes.count) classes in ascending order")
    }
    let most = Int(Int32.max)
    guard supportCounts.count == labels.count, (1...most).contains(features),
      supportCounts.allSatisfy({ (0...most).contains($0) }),
      (1...most).contains(supportCounts.reduce(0, +))
    else { throw FileProblem("its numbers of inputs or of support vectors per class are invalid") }
    if let image, !image.has(pixels: features) {
      throw FileProblem(
        "its images have \(image.height) x \(image.width) pixels, but its rows \(features) inputs")
    }
  }
}
