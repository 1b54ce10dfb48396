import Lamina

/// Makes examples from the named arrays of an NPZ file or of the NPY files in a folder.
///
/// Inputs are named `x`, `data`, `inputs`, `images` or `features`, targets `y`, `target`, `targets`
/// or `labels`. The part, `train`, `val`, `valid`, `validation` or `test`, comes before or after,
/// separated by an underscore. Letter case is ignored.
struct ArrayExamples {
  private static let inputNames = ["x", "data", "inputs", "images", "features"]
  private static let targetNames = ["y", "target", "targets", "labels"]

  /// The path of the file or folder.
  let path: String
  /// The names of the arrays as in the file.
  let names: [String]
  /// Reads an array by its name.
  let array: (String) throws(DataError) -> NPYArray

  /// The arrays of the NPZ file at `path`.
  static func npz(path: String) throws(DataError) -> ArrayExamples {
    let bytes = try ByteReader.contents(of: path)
    let archive = try problems(of: path, as: DataError.archive, ZIPArchive(bytes))
    let entries = archive.entries.filter { $0.name.hasSuffix(".npy") }
    let names = entries.map { String($0.name.dropLast(4)) }
    return ArrayExamples(path: path, names: names) { name throws(DataError) in
      guard let entry = entries.first(where: { $0.name == name + ".npy" }) else {
        throw .array(path: path, .missing(lookedFor: [name], found: names))
      }
      let content = try problems(of: path, as: DataError.archive, archive.content(of: entry))
      return try problems(of: "\(path)/\(name)", as: DataError.array, NPYArray(content, name: name))
    }
  }

  /// The NPY files in the folder at `path`.
  static func folder(path: String, files: [String]) -> ArrayExamples {
    let names = files.filter { $0.hasSuffix(".npy") }.map { String($0.dropLast(4)) }
    return ArrayExamples(path: path, names: names) { name throws(DataError) in
      try NPYArray(path: "\(path)/\(name).npy")
    }
  }

  /// The parts given by the names. If the names give no parts, all examples are the training part.
  func parts(needsTargets: Bool) throws(DataError) -> DataParts {
    var train = try part(["train"], needsTargets)
    if train == nil { train = try part([], needsTargets) }
    guard let train else {
      throw .array(path: path, .missing(lookedFor: lookedFor(["train"]), found: names))
    }
    return DataParts(
      train: train, validation: try part(["val", "valid", "validation"], needsTargets),
      test: try part(["test"], needsTargets))
  }

  private func part(_ part: [String], _ needsTargets: Bool) throws(DataError) -> ExamplePart? {
    guard let inputName = find(Self.inputNames, part) else { return nil }
    let inputs = try array(inputName)
    let rows = inputs.shape.first ?? 0
    let features = inputs.shape.dropFirst().reduce(1, *)
    guard rows > 0, features > 0 else {
      throw .array(path: path, .emptyInputs(array: inputName, shape: inputs.shape))
    }
    var targets: [TargetColumn] = []
    if let targetName = find(Self.targetNames, part) {
      targets = try Self.targets(try array(targetName), targetName, rows: rows, path: path)
    } else if needsTargets {
      let lookedFor = Self.targetNames.flatMap { Self.names($0, part) }
      throw .array(path: path, .missing(lookedFor: lookedFor, found: names))
    }
    let numbers = try problems(of: path, as: DataError.array, inputs.inputs(inputName))
    return ExamplePart(
      name: "\(path)/\(inputName)", inputs: numbers, features: features,
      imageSize: inputs.imageSize, targets: targets, places: .indices,
      decisions: inputs.decisions(inputName))
  }

  private static func targets(
    _ array: NPYArray, _ name: String, rows: Int, path: String
  ) throws(DataError) -> [TargetColumn] {
    guard array.shape.first == rows, array.shape.count <= 2, array.shape.last ?? 0 > 0 else {
      throw .array(path: path, .targetShape(array: name, shape: array.shape, rows: rows))
    }
    let columns = array.shape.count == 1 ? 1 : array.shape[1]
    return (0..<columns).map { column in
      TargetColumn(name: columns == 1 ? "y" : "\(column)", cells: array.cells(column, of: columns))
    }
  }

  private func find(_ kinds: [String], _ part: [String]) -> String? {
    let wanted = kinds.flatMap { Self.names($0, part) }
    return wanted.lazy.compactMap { name in names.first { $0.lowercased() == name } }.first
  }

  private func lookedFor(_ part: [String]) -> [String] {
    Self.inputNames.flatMap { Self.names($0, part) + [$0] }
  }

  private static func names(_ kind: String, _ parts: [String]) -> [String] {
    parts.isEmpty ? [kind] : parts.flatMap { ["\(kind)_\($0)", "\($0)_\(kind)"] }
  }
}

extension NPYArray {
  /// Reads the NPY file at `path`.
  init(path: String) throws(DataError) {
    let bytes = try ByteReader.contents(of: path)
    self = try problems(of: path, as: DataError.array, NPYArray(bytes, name: "the array"))
  }

  /// The elements as inputs. Bytes of pictures stay bytes; bytes of tables become numbers.
  func inputs(_ name: String) throws(ArrayProblem) -> Dataset.Inputs {
    switch elements {
    case .bytes(let bytes): isPictures ? .bytes(bytes) : .floats(bytes.map { Float($0) })
    case .booleans(let booleans): .floats(booleans.map { Float($0) })
    case .integers(let integers): .doubles(try Self.doubles(integers, name))
    case .floats(let floats): .floats(floats)
    case .doubles(let doubles): .doubles(doubles)
    case .texts: throw .textInputs(array: name)
    }
  }

  private static func doubles(_ integers: [Int], _ name: String) throws(ArrayProblem) -> [Double] {
    let doubles = integers.map { Double($0) }
    if let index = integers.indices.first(where: { Int(exactly: doubles[$0]) != integers[$0] }) {
      throw .inexact(array: name, index: index, number: "\(integers[index])")
    }
    return doubles
  }

  /// Whether the rows have the shape of pictures.
  var isPictures: Bool { shape.count == 3 || shape.count == 4 }

  /// The decision about bytes; empty for other elements.
  func decisions(_ name: String) -> [DataDecision] {
    guard case .bytes = elements else { return [] }
    return [
      isPictures
        ? DataDecision(
          subject: "bytes", text: "\(name): unsigned bytes of \(shape.count) dimensions are pixels",
          remedy: "--scaling standard scales each position separately")
        : DataDecision(
          subject: "bytes",
          text: "\(name): unsigned bytes of \(shape.count) dimensions are numbers, not pixels",
          remedy: "--scaling signed_unit scales them as pixels")
    ]
  }

  /// The height and width if each row is a picture of one channel; nil otherwise.
  var imageSize: ImageSize? {
    guard shape.count == 3 || (shape.count == 4 && shape[3] == 1), shape[1] > 0, shape[2] > 0
    else { return nil }
    return ImageSize(height: shape[1], width: shape[2])
  }

  /// The column `column` of a matrix of `columns` columns.
  func cells(_ column: Int, of columns: Int) -> TargetColumn.Cells {
    func every<Element>(_ elements: [Element]) -> [Element] {
      stride(from: column, to: elements.count, by: columns).map { elements[$0] }
    }
    return switch elements {
    case .bytes(let bytes), .booleans(let bytes): .integers(every(bytes).map { Int($0) })
    case .integers(let integers): .integers(every(integers))
    case .floats(let floats): .floats(every(floats).map { Double($0) })
    case .doubles(let doubles): .floats(every(doubles))
    case .texts(let texts): .texts(every(texts))
    }
  }
}
