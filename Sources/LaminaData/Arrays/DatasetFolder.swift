public import Lamina

extension DatasetSplit {
  /// Reads the four IDX files of a data set named like MNIST's, plain or compressed by gzip.
  ///
  /// The training files are `train-images-idx3-ubyte` and `train-labels-idx1-ubyte`; the test files
  /// have `t10k-`, `test-` or `val-` instead of `train-`. `docs/data.md` lists the other names that
  /// are read. The classes are the labels of the training part, in ascending order.
  public init(folder path: String) throws(DataError) {
    let found = try IDXFolder(path: path).parts().found(task: nil, nil)
    guard let test = found.test else { throw .folder(path: path, .empty) }
    self.init(train: found.train, validation: found.validation, test: test)
  }
}

/// The IDX files in a folder.
struct IDXFolder {
  /// The names of the two files of a part.
  struct Source {
    let images, labels: String
  }

  let path: String
  private let files: [String]
  private let found: [(name: IDXName, file: String)]

  init(path: String) throws(DataError) {
    let names = try FolderNames(of: path)
    guard !names.files.isEmpty else { throw .folder(path: path, .empty) }
    self.path = path
    files = names.files
    let all = Set(files)
    found = try IDXName.found(among: files, in: path).filter { _, file in
      // A plain file takes precedence over its compressed copy.
      !(file.hasSuffix(".gz") && all.contains(String(file.dropLast(3))))
    }
    let sets = Set(found.map(\.name.set)).sorted()
    guard sets.count < 2 else { throw .folder(path: path, .severalSets(sets)) }
  }

  /// The parts. Without a test part, the validation part is the test part.
  func parts() throws(DataError) -> DataParts {
    guard let train = try source(.train) else { throw missing(.train, .images) }
    var (validation, test) = (try source(.validation), try source(.test))
    if test == nil { (validation, test) = (nil, validation) }
    guard let test else { throw missing(.test, .images) }
    let sources = [train, test] + (validation.map { [$0] } ?? [])
    let path = path
    let parts = concurrently(sources.count) { part in
      Result { () throws(DataError) in try sources[part].examples(in: path) }
    }
    return DataParts(
      train: try parts[0].get(), validation: validation == nil ? nil : try parts[2].get(),
      test: try parts[1].get())
  }

  /// The files of a part; nil if it has none.
  private func source(_ part: PartName.Part) throws(DataError) -> Source? {
    switch (try file(part, .images), try file(part, .labels)) {
    case (let images?, let labels?): Source(images: images, labels: labels)
    case (nil, nil): nil
    case (nil, _): throw missing(part, .images)
    case (_, nil): throw missing(part, .labels)
    }
  }

  private func file(
    _ part: PartName.Part, _ content: IDXName.Content
  ) throws(DataError) -> String? {
    let files = found.filter { $0.name.part == part && $0.name.content == content }.map(\.file)
    guard files.count < 2 else { throw .folder(path: path, .ambiguous(found: files)) }
    return files.first
  }

  private func missing(_ part: PartName.Part, _ content: IDXName.Content) -> DataError {
    let set = found.first.map { $0.name.set.isEmpty ? "" : "\($0.name.set)-" } ?? ""
    let ending = content == .images ? "idx3" : "idx1"
    let words = part == .train ? ["train"] : part == .test ? ["t10k", "test", "val"] : ["val"]
    return .folder(
      path: path,
      .missing(
        lookedFor: words.map { "\(set)\($0)-\(content.rawValue)-\(ending)-ubyte" }, found: files))
  }
}

extension IDXFolder.Source {
  /// The number of columns of QMNIST's labels: the class, and the origin of the digit.
  private static let qmnistColumns = 8

  fileprivate func examples(in folder: String) throws(DataError) -> ExamplePart {
    let inputs = try IDXFile(path: "\(folder)/\(images)", for: .examples)
    let (classes, decisions) = try classes(in: folder)
    let sizes = inputs.dimensions
    guard sizes[0] == classes.count else {
      throw .folder(
        path: folder,
        .countsDiffer(
          imageFile: images, images: sizes[0], labelFile: labels, labels: classes.count))
    }
    guard !inputs.bytes.isEmpty else {
      throw .folder(path: folder, .noPixels(file: images, dimensions: sizes))
    }
    let size = sizes.count == 3 ? ImageSize(height: sizes[1], width: sizes[2]) : nil
    return ExamplePart(
      name: inputs.path,
      // Bytes are pixels only in pictures.
      inputs: size == nil ? .floats(inputs.bytes.map { Float($0) }) : .bytes(inputs.bytes),
      features: inputs.bytes.count / classes.count, imageSize: size,
      targets: [TargetColumn(name: "class", cells: .integers(classes))], places: .indices,
      task: .classification, decisions: decisions)
  }

  private func classes(in folder: String) throws(DataError) -> ([Int], [DataDecision]) {
    let file = try IDXFile(path: "\(folder)/\(labels)", for: .labels)
    let numbers = file.integers
    guard file.dimensions.count == 2, file.dimensions[1] != 1 else { return (numbers, []) }
    guard file.dimensions[1] == Self.qmnistColumns else {
      throw .folder(path: folder, .labelColumns(file: labels, dimensions: file.dimensions))
    }
    let decision = DataDecision(
      subject: "label-columns",
      text: "\(labels) has \(Self.qmnistColumns) columns, as QMNIST has -> the first is the class")
    return (
      stride(from: 0, to: numbers.count, by: Self.qmnistColumns).map { numbers[$0] }, [decision]
    )
  }
}
