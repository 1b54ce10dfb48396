import Glibc

/// Reads one part of a data set: a table, or a folder of pictures.
struct PartReader {
  let options: DataOptions
  /// The schema of the training data, to which further data are matched.
  var schema: DataSchema?
  /// Whether the schema is that of a model, and not that of another part of the training data.
  var isFitted = false

  func examples(path: String) throws(DataError) -> ExamplePart {
    guard let status = try stat.of(path) else {
      throw .system(action: "open", path: path, code: ENOENT)
    }
    if status.isFolder {
      try options.refuse([.columns, .labelFile], "pictures have no columns", for: path)
      return try ImageFolder.examples(path: path, resize: options.resize)
    }
    switch try kind(of: path) {
    case .npy:
      try options.refuse([.text, .encoding, .labelFile], "an NPY file is not text", for: path)
      try options.refuse([.preparation], "an NPY file has only numbers", for: path)
      return try ArrayTable(options: options).examples(path: path)
    case .npz:
      throw .source(path: path, .partOfFolder(kind: "an NPZ file, which contains all parts"))
    case .other(let kind): throw .foreign(path: path, kind: kind.name, advice: kind.advice)
    case .text: return try text(path)
    case .arff:
      try refuse([.text], "it does not apply to ARFF files", path)
      try refuse([.pictures], "a table has no pictures", path)
      return try arff(path)
    }
  }

  /// The kind of a file. If an encoding is given, a file in another text encoding counts as text.
  private func kind(of path: String) throws(DataError) -> FileKind {
    let kind = try FileKind(path: path)
    guard kind.foreign?.isText == true, options.encoding != nil else { return kind }
    return FileKind(name: path)
  }

  private func text(_ path: String) throws(DataError) -> ExamplePart {
    try refuse([.labelFile], "only ARFF files have a label file", path)
    try refuse([.pictures], "a table has no pictures", path)
    let file = try TextFile(path: path, encoding: options.encoding)
    guard !LIBSVMTable.isLIBSVM(file.bytes) else {
      try refuse(
        [.roles, .text, .preparation], "it does not apply to files of index:value pairs", path)
      return try LIBSVMTable(schema: schema).examples(file, name: path)
    }
    return try DelimitedTable(options: options, schema: schema, isFitted: isFitted).examples(
      file, name: path)
  }

  private func arff(_ path: String) throws(DataError) -> ExamplePart {
    let file = try labelFile(for: path)
    let labels = try file.map { file throws(DataError) in
      try LabelFile.names(path: file, encoding: options.encoding)
    }
    var part = try ARFFTable(
      options: options, labels: labels, schema: schema, isFitted: isFitted
    ).examples(path: path)
    if let file, let labels, options.labelFile == nil {
      part.decisions.note(
        "label-file", "\(file) names \(labels.count) labels -> multi_label",
        remedy: "--target-columns overrides this")
    }
    return part
  }

  /// Throws if an option does not apply to the file, except with a schema: the options of the
  /// training data need not apply to new data.
  private func refuse(_ groups: [OptionGroup], _ reason: String, _ path: String) throws(DataError) {
    if schema == nil { try options.refuse(groups, reason, for: path) }
  }

  /// The given label file, or the one in the folder of the ARFF file with the same name, with or
  /// without the word for the part. Given target columns take precedence over a label file that is
  /// found; the targets of the training data take precedence over both.
  private func labelFile(for path: String) throws(DataError) -> String? {
    guard schema == nil else { return nil }
    if let given = options.labelFile {
      try options.refuse([.targetColumns], "label-file names the targets already", for: path)
      return given
    }
    guard options.targetColumns == nil else { return nil }
    for candidate in LabelFile.candidates(beside: path) {
      if try stat.of(candidate)?.isRegularFile == true { return candidate }
    }
    return nil
  }
}
