public import Lamina

/// A data set at a path.
///
/// The path is the name of one of ``DrawnData``, such as `digits`, or the path of
/// - a folder of IDX files named like MNIST's,
/// - a folder with a folder of PNG, JPEG or BMP pictures for each class, or with such folders below
///   `train` and `test`,
/// - an ARFF file, a file in LIBSVM's format, a table in CSV, TSV or a similar format, or a folder
///   of these,
/// - an NPZ or NPY file, or a folder of NPY files.
///
/// Files may be compressed with gzip. `docs/data.md` has the rules.
public struct DataSource: Sendable, Equatable {
  /// The name of the built-in digits.
  public static let digits = "digits"
  private static let defaultTestShare = 0.2
  /// The number of categories above which a network embeds a column unless told otherwise.
  public static let usualEmbeddingBound = 64

  /// The path of the data, or the name of built-in data.
  public var path: String
  /// The options for reading and splitting the data.
  public var options: DataOptions
  /// The schema of a model's training data, to which the data are matched; nil for new training
  /// data.
  public var schema: DataSchema?
  /// What ``DataOptions/embeddingAbove`` is where the options leave it out; nil never embeds.
  /// Auto-encoders, which restore their inputs, have no embeddings.
  public var embeddingBound: Int?

  /// Creates the source of the data set at `path`.
  public init(_ path: String, options: DataOptions = DataOptions(), schema: DataSchema? = nil) {
    self.path = path
    self.options = options
    self.schema = schema
  }

  /// Reads or generates the examples and splits them into parts.
  public func load() throws(DataError) -> DatasetSplit { try read().split }

  /// Reads or generates the examples and splits them, and returns their schema and decisions too.
  public func read() throws(DataError) -> LoadedData {
    try checkNumbers()
    let found = try find()
    var decisions = found.decisions
    let cells = try divide(found, &decisions)
    return try fit(found, cells, decisions)
  }

  /// Fits the columns of a table to the training part, and makes inputs of its cells.
  ///
  /// - Parameters:
  ///   - found: The data as they were read.
  ///   - cells: Their parts.
  ///   - decisions: The decisions so far.
  func fit(
    _ found: FoundData, _ cells: DatasetSplit, _ decisions: [DataDecision]
  ) throws(DataError) -> LoadedData {
    var decisions = decisions
    let columns = try problems(
      of: path, as: DataError.table,
      ColumnFitting(found, fittingOptions(found)).columns(fittingRows: cells.train))
    let inputs = FittedColumns(found, columns)
    let split = inputs.inputs(of: cells, &decisions)
    var schema = DataSchema(
      columns: columns, isNamed: found.isNamed, targets: found.targets,
      task: found.train.targets.task, outputs: found.train.targets.names,
      digest: inputs.inputs(of: found.train).digest,
      testShare: found.test == nil ? options.testShare ?? Self.defaultTestShare : nil,
      decimal: found.decimal)
    schema.hasPixels = found.train.hasPixels
    return LoadedData(
      split: split, schema: schema, decisions: decisions,
      columns: inputs.summaries(of: cells.train))
  }

  /// Reads the parts at the path.
  func find() throws(DataError) -> FoundData {
    var leftOut: [DataDecision] = []
    let kind = try SourceKind(path: path, decisions: &leftOut)
    var found = try find(kind)
    found.decisions = leftOut + found.decisions + found.notes(schema, on: path)
    return found
  }

  private func find(_ kind: SourceKind) throws(DataError) -> FoundData {
    switch kind {
    case .drawn(let data):
      try options.refuse(
        [.columns, .files, .labelFile, .pictures], "it does not apply to built-in data", for: path)
      return try asTask(data.draw())
    case .idx:
      try options.refuse(
        [.columns, .files, .labelFile], "it does not apply to IDX files", for: path)
      if let task = options.task ?? schema?.task {
        guard task == .classification || task == .autoEncoding else {
          throw .source(
            path: path, .option(key: "task", reason: "the targets of IDX files are classes"))
        }
      }
      return try found(in: try IDXFolder(path: path).parts())
    case .arrays(let arrays):
      try options.refuse(
        [.columns, .files, .labelFile], "the names of the arrays determine their use", for: path)
      return try found(in: try arrays.parts(needsTargets: options.task != .autoEncoding))
    case .parts(let train, let validation, let test):
      try options.refuse([.files], "the folder already has parts", for: path)
      return try found(in: try read(train, validation, test))
    case .single: return try found(in: try read(path, options.validation, options.test))
    }
  }

  private func found(in parts: DataParts) throws(DataError) -> FoundData {
    try parts.resized(to: options.resize).found(task: options.task, schema)
  }

  private func read(
    _ train: String, _ validation: String?, _ test: String?
  ) throws(DataError) -> DataParts {
    let isFitted = schema != nil
    let reader = PartReader(options: options, schema: schema, isFitted: isFitted)
    let first = try reader.examples(path: train)
    // Each part knows the categories of those before it.
    var known = first
    func other(_ path: String?) throws(DataError) -> ExamplePart? {
      guard let path else { return nil }
      let part = try PartReader(
        options: options, schema: schema ?? known.schema, isFitted: isFitted
      ).examples(path: path)
      known = part
      return part
    }
    return DataParts(train: first, validation: try other(validation), test: try other(test))
  }

  /// The data with their own targets, or with the inputs as targets; throws for other tasks.
  private func asTask(_ split: DatasetSplit) throws(DataError) -> FoundData {
    let own = split.train.targets.task
    guard let task = options.task ?? schema?.task, task != own else {
      guard let schema else { return FoundData(train: split.train, test: split.test) }
      return FoundData(
        train: try split.train.matched(to: schema), test: try split.test.matched(to: schema))
    }
    guard task == .autoEncoding else {
      throw .source(path: path, .option(key: "task", reason: "the targets are for \(own.rawValue)"))
    }
    return FoundData(
      train: split.train.with(targets: .inputs), test: split.test.with(targets: .inputs))
  }

  func divide(
    _ found: FoundData, _ decisions: inout [DataDecision]
  ) throws(DataError) -> DatasetSplit {
    var (train, validation) = (found.train, found.validation)
    if found.test != nil, options.testShare != nil {
      throw .source(path: path, .option(key: "test-share", reason: "there is already a test part"))
    }
    if found.test == nil || options.validationShare > 0 { decisions += train.classesOfOne }
    let tested: Dataset
    if let test = found.test {
      tested = test
    } else {
      tested = try takeOut(options.testShare ?? Self.defaultTestShare, of: &train, for: "test")
    }
    if options.validationShare > 0 {
      guard validation == nil else {
        throw .source(
          path: path,
          .option(key: "validation-share", reason: "there is already a validation part"))
      }
      validation = try takeOut(options.validationShare, of: &train, for: "validation")
    }
    return DatasetSplit(train: train, validation: validation, test: tested)
  }

  /// Removes a share of `train` and returns it as a part.
  func takeOut(
    _ share: Double, of train: inout Dataset, for part: String
  ) throws(DataError) -> Dataset {
    let (rest, taken) = train.partition(
      share: share, seed: options.splitSeed, isStratified: options.stratify)
    guard !taken.isEmpty, !rest.isEmpty else {
      throw .source(
        path: path, .tooFew(examples: train.count, part: taken.isEmpty ? part : "training"))
    }
    let dataset = train.examples(taken)
    train = train.examples(rest)
    return dataset
  }

  func checkNumbers() throws(DataError) {
    let (validation, test) = (options.validationShare, options.testShare)
    guard validation >= 0, validation < 1 else {
      throw .source(
        path: path, .share(key: "validation-share", value: validation, wanted: "from 0 to below 1"))
    }
    if let size = options.resize {
      do throws(PictureProblem) {
        try Picture.checkPixels(width: size.width, height: size.height)
      } catch {
        throw .source(path: path, .option(key: "resize", reason: error.description))
      }
    }
    if let test, !(test > 0 && test < 1) {
      throw .source(path: path, .share(key: "test-share", value: test, wanted: "between 0 and 1"))
    }
    try checkEmbeddings()
  }
}

extension Dataset {
  /// The decision about classes with a single example, if a part is split off.
  fileprivate var classesOfOne: [DataDecision] {
    guard case .classes(let classes, let names) = targets else { return [] }
    var counts = [Int](repeating: 0, count: names.count)
    for number in classes { counts[Int(number)] += 1 }
    let rare = names.indices.filter { counts[$0] == 1 }.map { names[$0] }
    guard !rare.isEmpty else { return [] }
    let what = rare.count == 1 ? "the class" : "the \(rare.count) classes"
    let which =
      rare.count == 1 ? "has one example, which stays" : "have one example each, which stay"
    return [
      DataDecision(
        subject: "rare-classes", text: "\(what) \(listed(rare)) \(which) in the training part")
    ]
  }
}
