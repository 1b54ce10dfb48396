import Glibc

/// Reads one part of a data set: a table, or a folder of pictures.
struct PartReader {
  private let options: DataOptions
  private let schema: DataSchema?

  /// - Parameter schema: What a model or the training part says of the columns.
  init(_ options: DataOptions, schema: DataSchema? = nil) {
    self.options = options
    self.schema = schema
  }

  func examples(path: String) throws(DataError) -> ExamplePart {
    guard let status = try stat.of(path) else {
      throw .system(action: "open", path: path, code: ENOENT)
    }
    if status.isFolder {
      try options.refuse([.columns, .labelFile], "pictures have no columns", for: path)
      return try ImageFolder.examples(path: path, resize: options.resize)
    }
    switch try FileKind(path: path) {
    case .npy:
      try options.refuse([.text, .labelFile], "an NPY file is no text", for: path)
      return try ArrayTable(options).examples(path: path)
    case .npz: throw .source(path: path, .partOfFolder(kind: "an NPZ file, which has all parts"))
    case .other(let kind): throw .foreign(path: path, kind: kind.name, advice: kind.advice)
    case .text:
      try options.refuse([.labelFile], "only ARFF files have one", for: path)
      try options.refuse([.pictures], "a table has no pictures", for: path)
      try ForeignFile.refuseControls(in: path)
      return try DelimitedTable(options).examples(path: path)
    case .arff:
      try options.refuse([.text], "ARFF files have one form", for: path)
      try options.refuse([.pictures], "a table has no pictures", for: path)
      try ForeignFile.refuseControls(in: path)
      return try arff(path)
    }
  }

  private func arff(_ path: String) throws(DataError) -> ExamplePart {
    let labels = try labelFile(for: path).map { file throws(DataError) in
      try LabelFile.names(path: file)
    }
    var part = try ARFFTable(options, labels: labels).examples(path: path)
    if labels != nil { part.task = .multiLabel }
    return part
  }

  /// The label file that is given, or the one beside the ARFF file with its name, the word for the
  /// part left out or not. Target columns that are given come before one that is found.
  private func labelFile(for path: String) throws(DataError) -> String? {
    if let given = options.labelFile {
      try options.refuse([.targetColumns], "label-file names the targets already", for: path)
      return given
    }
    guard options.targetColumns == nil else { return nil }
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    let name = String(path[folder.endIndex...])
    let whole = name.split(separator: ".").first.map(String.init) ?? name
    for stem in [whole, PartName(name).stem] where !stem.isEmpty {
      let candidate = "\(folder)\(stem).xml"
      if try stat.of(candidate)?.isRegularFile == true { return candidate }
    }
    return nil
  }
}
