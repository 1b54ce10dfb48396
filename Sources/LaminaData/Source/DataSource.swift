public import Lamina

/// A data set by its path: the one way in which programs load data.
///
/// The path is `digits`, for the built-in ones, or leads to
/// - a folder of IDX files named as MNIST's are,
/// - a folder with a folder of PNG or BMP pictures for each class, or with such folders below
///   `train` and `test`,
/// - an ARFF file, or a table as CSV, TSV or the like, or a folder of them,
/// - an NPZ or NPY file, or a folder of NPY files.
///
/// Files may be compressed by gzip. `docs/data.md` has the rules.
public struct DataSource: Sendable, Equatable {
  /// The name of the built-in digits.
  public static let digits = "digits"
  /// The seed of the built-in digits. It never varies: results stay comparable, and an evaluation
  /// sees digits that no training has seen.
  private static let digitsSeed: UInt64 = 1
  private static let defaultTestShare = 0.2

  /// Where the data are.
  public var path: String
  /// How they are read and divided.
  public var options: DataOptions

  /// The data set at `path`.
  public init(_ path: String, options: DataOptions = DataOptions()) {
    self.path = path
    self.options = options
  }

  /// Reads or draws the examples and divides them.
  public func load() throws(DataError) -> DatasetSplit {
    try checkShares()
    let found: (train: Dataset, validation: Dataset?, test: Dataset?)
    switch try SourceKind(path: path) {
    case .digits:
      try options.refuse(
        [.columns, .files, .labelFile], "the built-in digits have one form", for: path)
      try checkClassesServe()
      found = asTask(.digits(seed: Self.digitsSeed))
    case .idx:
      try options.refuse([.columns, .files, .labelFile], "IDX files have one form", for: path)
      try checkClassesServe()
      found = asTask(try DatasetSplit(folder: path))
    case .arrays(let arrays):
      try options.refuse(
        [.columns, .files, .labelFile], "arrays are told apart by their names", for: path)
      found = try arrays.parts(needsTargets: options.task != .autoEncoding)
        .datasets(task: options.task)
    case .parts(let train, let validation, let test):
      try options.refuse([.files], "the folder has parts of its own", for: path)
      found = try read(train, validation, test).datasets(task: options.task)
    case .single:
      found = try read(path, options.validation, options.test).datasets(task: options.task)
    }
    return try divide(found.train, found.validation, found.test)
  }

  private func read(
    _ train: String, _ validation: String?, _ test: String?
  ) throws(DataError) -> DataParts {
    let reader = PartReader(options)
    let first = try reader.examples(path: train)
    return DataParts(
      train: first, validation: try validation.map(reader.examples),
      test: try test.map(reader.examples))
  }

  /// Refuses tasks that are not for examples with one class each.
  private func checkClassesServe() throws(DataError) {
    guard options.task == .multiLabel || options.task == .regression else { return }
    throw .source(path: path, .option(key: "task", reason: "each of the examples has one class"))
  }

  /// Classes as they are, or the inputs as targets.
  private func asTask(
    _ split: DatasetSplit
  ) -> (train: Dataset, validation: Dataset?, test: Dataset?) {
    guard options.task == .autoEncoding else { return (split.train, nil, split.test) }
    return (split.train.with(targets: .inputs), nil, split.test.with(targets: .inputs))
  }

  private func divide(
    _ train: Dataset, _ validation: Dataset?, _ test: Dataset?
  ) throws(DataError) -> DatasetSplit {
    var (train, validation) = (train, validation)
    if test != nil, options.testShare != nil {
      throw .source(
        path: path, .option(key: "test-share", reason: "there is a test part already"))
    }
    let tested: Dataset
    if let test {
      tested = test
    } else {
      tested = try takeOut(options.testShare ?? Self.defaultTestShare, of: &train, for: "test")
    }
    if options.validationShare > 0 {
      guard validation == nil else {
        throw .source(
          path: path,
          .option(key: "validation-share", reason: "there is a validation part already"))
      }
      validation = try takeOut(options.validationShare, of: &train, for: "validation")
    }
    return DatasetSplit(train: train, validation: validation, test: tested)
  }

  /// Takes a share of `train` out for a part.
  private func takeOut(
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

  private func checkShares() throws(DataError) {
    let (validation, test) = (options.validationShare, options.testShare)
    guard validation >= 0, validation < 1 else {
      throw .source(
        path: path,
        .share(key: "validation-share", value: validation, wanted: "from 0 to below 1"))
    }
    if let test, !(test > 0 && test < 1) {
      throw .source(
        path: path, .share(key: "test-share", value: test, wanted: "between 0 and 1"))
    }
  }
}
