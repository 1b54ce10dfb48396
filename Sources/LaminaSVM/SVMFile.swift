import FoundationEssentials
import Lamina
public import LaminaData

extension SupportVectorMachine {
  /// Reads a safetensors file that ``write(to:)`` made, and checks that it can be used.
  public init(path: String) throws {
    let file = try Safetensors(path: path)
    do throws(FileProblem) {
      try self.init(file)
    } catch {
      throw SVMError.file(path: path, reason: error.reason)
    }
  }

  /// Writes a safetensors file, all at once or not at all.
  ///
  /// `support_vectors` (support vectors × inputs, not scaled), `dual_coefficients` (classes - 1 ×
  /// support vectors) and `intercepts` (one for each two classes) are laid out as scikit-learn's
  /// `SVC` has them; the metadata hold the rest as JSON under `lamina_svm`.
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
      guard let tensor = file[name] else { throw FileProblem("the tensor \(name) is missing") }
      guard tensor.shape == shape else {
        throw FileProblem("\(name) has the shape \(tensor.shape), and \(shape) is needed")
      }
      if let index = tensor.values.firstIndex(where: { !$0.isFinite }) {
        throw FileProblem("\(name) has the value \(tensor.values[index]) at index \(index)")
      }
      self[keyPath: values] = tensor.values
    }
    let names = tensorShapes.map { $0.0 }
    if let unknown = file.tensors.first(where: { !names.contains($0.name) }) {
      throw FileProblem("the tensor \(unknown.name) does not belong to it")
    }
  }
}

/// What is wrong with a file, without its path.
private struct FileProblem: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}

/// What the metadata of a file say, as JSON.
private struct Notes: Codable {
  /// The key under which the metadata hold the notes.
  static let name = "lamina_svm"
  static let newestVersion = 2

  /// The version of this form; read before the rest, which it decides.
  private struct Form: Codable { let version: Int }

  let version: Int
  let kernel: KernelFunction
  let inputScaling: InputScaling
  let features: Int
  let labels: [Int32]
  let supportCounts: [Int]
  let classes: [String]
  let image: ImageSize?
  /// Files of version 1 lack these two.
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
      throw FileProblem("its metadata say nothing under \"\(Self.name)\"")
    }
    do {
      let version = try JSONDecoder().decode(Form.self, from: Data(text.utf8)).version
      guard version <= Self.newestVersion else {
        throw FileProblem(
          "its format has version \(version), and this program reads those up to "
            + "\(Self.newestVersion)")
      }
      self = try JSONDecoder().decode(Self.self, from: Data(text.utf8))
      try kernel.validate()
    } catch let problem as FileProblem {
      throw problem
    } catch let error as NetworkError {
      throw FileProblem("\(error)")
    } catch {
      throw FileProblem("its description cannot be used: \(decodingReason(error))")
    }
    try check()
  }

  /// Refuses numbers that do not fit each other.
  private func check() throws(FileProblem) {
    do throws(NetworkError) { try inputScaling.validate(features: features) } catch {
      throw FileProblem("\(error)")
    }
    if let schema {
      let inputs = schema.columns.flatMap(\.inputNames).count
      guard inputs == 0 || inputs == features, schema.outputs == classes,
        schema.task == .classification
      else { throw FileProblem("its schema is for other inputs or classes than the rest") }
    }
    guard labels.count > 1, zip(labels, labels.dropFirst()).allSatisfy({ $0 < $1 }),
      labels[0] >= 0, labels[labels.count - 1] < classes.count
    else {
      throw FileProblem("its labels are not two or more ascending ones of \(classes.count) classes")
    }
    let most = Int(Int32.max)
    guard supportCounts.count == labels.count, (1...most).contains(features),
      supportCounts.allSatisfy({ (0...most).contains($0) }),
      (1...most).contains(supportCounts.reduce(0, +))
    else { throw FileProblem("it does not say how many support vectors each class has") }
    if let image {
      let (pixels, overflow) = image.height.multipliedReportingOverflow(by: image.width)
      guard image.height > 0, image.width > 0, !overflow, pixels == features else {
        throw FileProblem(
          "its images have \(image.height) x \(image.width) pixels, and its rows \(features) numbers"
        )
      }
    }
  }

  /// The notes as JSON, the same text for the same notes each time.
  var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    // Only numbers that JSON lacks could fail here, and a validated kernel has none.
    let data = try? encoder.encode(self)
    return String(decoding: data ?? Data(), as: UTF8.self)
  }
}
