import Glibc
public import Lamina

extension DataSource {
  /// The path that stands for the standard input.
  public static let standardInput = "-"

  /// Opens the examples for predictions: without targets, all of them, in their order.
  ///
  /// Of data with several parts, these are the examples of the test part. Columns of tables are
  /// matched to ``schema``.
  ///
  /// - Parameters:
  ///   - inputs: The number of inputs of the model.
  ///   - imageSize: The size of its inputs if they are pictures.
  ///   - kept: The columns of a table whose texts are kept.
  public func stream(
    inputs: Int, imageSize: ImageSize?, keeping kept: [ColumnReference] = []
  ) throws(DataError) -> ExampleStream {
    var decisions: [DataDecision] = []
    let known = schema ?? DataSchema(inputs: inputs)
    let opener = StreamOpener(
      options: options.decided(by: known), schema: known.columns.isEmpty ? nil : known,
      inputs: inputs, kept: kept)
    let reader = try opener.reader(path, &decisions)
    let name = path == Self.standardInput ? "the standard input" : path
    let stream = try ExampleStream(
      name, reader, decisions, resize: options.resize, schema: schema)
    try stream.check(inputs: inputs, imageSize: imageSize)
    return stream
  }
}

extension DataSchema {
  /// The schema of inputs that have only places.
  init(inputs: Int, targets: [String] = []) {
    self.init(
      columns: (0..<inputs).map { Column(name: "\($0 + 1)") }, isNamed: false, targets: targets,
      task: .autoEncoding, outputs: [], digest: "")
  }
}

/// Finds the reader for the examples at a path.
private struct StreamOpener {
  let options: DataOptions
  /// The columns of the training data; nil if they had none.
  let schema: DataSchema?
  let inputs: Int
  let kept: [ColumnReference]

  /// The columns, by name or by position.
  private var columns: DataSchema { schema ?? DataSchema(inputs: inputs) }

  /// The columns by position, for data without names.
  private var places: DataSchema {
    guard let schema, !schema.isNamed else { return DataSchema(inputs: inputs) }
    return schema
  }

  func reader(
    _ path: String, _ decisions: inout [DataDecision]
  ) throws(DataError) -> any ExampleBlocks {
    if path == DataSource.standardInput {
      return try file(ByteReader(standardInput: .standardInput()), &decisions)
    }
    if DrawnData(rawValue: path) == nil, let status = try stat.of(path) {
      if !status.isFolder { return try file(ByteReader(path: path), &decisions) }
      if try isLoose(path) { return try pictures(path) }
    }
    switch try SourceKind(path: path, decisions: &decisions) {
    case .drawn(let data): return try whole(data.draw().test, path, isPart: true, &decisions)
    case .idx: return try whole(IDXFolder(path: path).parts(), path, &decisions)
    case .arrays(let arrays):
      return try whole(arrays.parts(needsTargets: false), path, &decisions)
    case .parts(let train, _, let test):
      if let test { notePart(path, &decisions); return try reader(test, &decisions) }
      return try reader(train, &decisions)
    case .single: return try pictures(path)
    }
  }

  private func notePart(_ path: String, _ decisions: inout [DataDecision]) {
    decisions.note("test-part", "\(path) has several parts; predictions are for its test part")
  }

  /// Whether a folder has pictures and neither folders nor other data.
  private func isLoose(_ path: String) throws(DataError) -> Bool {
    let names = try FolderNames(of: path)
    return names.folders.isEmpty && names.files.contains(where: ImageFolder.isPicture)
      && !names.files.contains { PartName($0).isTable || IDXName($0) != nil }
  }

  private func pictures(_ path: String) throws(DataError) -> any ExampleBlocks {
    try refuseKept("pictures have no columns; the output names their files anyway", path)
    guard let reader = try PictureBlocks(folder: path, resize: options.resize) else {
      throw .source(path: path, .noData)
    }
    return reader
  }

  private func file(
    _ reader: ByteReader, _ decisions: inout [DataDecision]
  ) throws(DataError) -> any ExampleBlocks {
    let path = reader.path
    switch try FileKind(of: reader) {
    case .text: return try table(reader, isARFF: false)
    case .arff: return try table(reader, isARFF: true)
    case .npy:
      try refuseKept("the columns of an NPY file have no names", path)
      return try NPYBlocks(reader, schema: places, options: options)
    case .npz:
      guard path != DataSource.standardInput else { throw .notAFile(path: path) }
      return try whole(ArrayExamples.npz(path: path).parts(needsTargets: false), path, &decisions)
    case .other(.idx):
      try refuseKept("the inputs of an IDX file have no names", path)
      return try IDXBlocks(reader)
    case .other(.png), .other(.jpeg), .other(.bmp):
      try refuseKept("a picture has no columns; the output names its file anyway", path)
      let parts = path.split(separator: "/", omittingEmptySubsequences: false)
      let folder = parts.count > 1 ? parts.dropLast().joined(separator: "/") : "."
      return try PictureBlocks(
        [String(parts[parts.count - 1])], in: folder, resize: options.resize, decisions: [])
    case .other(let kind):
      if kind.isText, options.encoding != nil { return try table(reader, isARFF: false) }
      throw .foreign(path: path, kind: kind.name, advice: kind.advice)
    }
  }

  private func table(_ reader: ByteReader, isARFF: Bool) throws(DataError) -> any ExampleBlocks {
    if !NumberFormat(options).isSound, let thousands = options.thousands {
      throw .source(
        path: reader.path,
        .option(key: "thousands", reason: "the \(thousands.rawValue) is the decimal mark"))
    }
    let text = try TextBlocks(reader, encoding: options.encoding)
    let rows = try text.examined { start throws(TableProblem) -> any TextRows in
      try rowReader(start, isARFF)
    }
    if rows is LIBSVMRows {
      try refuseKept("files of index:value pairs have no columns to keep", reader.path)
    }
    return TableBlocks(text, rows)
  }

  /// The reader of rows for a table that begins with these lines.
  private func rowReader(_ start: [UInt8], _ isARFF: Bool) throws(TableProblem) -> any TextRows {
    if isARFF {
      return try ARFFBlockRows(start, options: options, schema: columns, keeping: kept)
    }
    if LIBSVMTable.isLIBSVM(start) { return LIBSVMRows(schema: columns) }
    return try DelimitedRows(start, options: options, schema: columns, keeping: kept)
  }

  /// The examples of the test part, or of all if there are no parts.
  private func whole(
    _ parts: DataParts, _ path: String, _ decisions: inout [DataDecision]
  ) throws(DataError) -> any ExampleBlocks {
    let part = parts.test ?? parts.train
    decisions += part.decisions
    let dataset = Dataset(
      name: part.name, inputs: part.inputs, targets: .inputs, features: part.features,
      imageSize: part.imageSize)
    return try whole(dataset, path, isPart: parts.test != nil, &decisions)
  }

  private func whole(
    _ dataset: Dataset, _ path: String, isPart: Bool, _ decisions: inout [DataDecision]
  ) throws(DataError) -> any ExampleBlocks {
    try refuseKept("the inputs have no names", path)
    if isPart { notePart(path, &decisions) }
    return WholeBlocks(dataset)
  }

  private func refuseKept(_ reason: String, _ path: String) throws(DataError) {
    if !kept.isEmpty { throw .source(path: path, .option(key: "keep", reason: reason)) }
  }
}

/// Hands out the examples of a data set in memory.
private final class WholeBlocks: ExampleBlocks {
  private static let blockCount = 1 << 14

  private let dataset: Dataset
  private var row = 0

  var features: Int { dataset.features }
  var imageSize: ImageSize? { dataset.imageSize }
  let keptNames: [String] = []
  let decisions: [DataDecision] = []

  init(_ dataset: Dataset) { self.dataset = dataset }

  func next() throws(DataError) -> ExampleBlock? {
    let rows = Array(row..<min(dataset.count, row + Self.blockCount))
    guard !rows.isEmpty else { return nil }
    row += rows.count
    var block = ExampleBlock(inputs: dataset.examples(rows).inputs, count: rows.count)
    block.share = Double(row) / Double(dataset.count)
    return block
  }
}
