public import Lamina

/// A data set by its path: the one way in which programs load data.
///
/// The path is the name of one of ``DrawnData``, such as `digits`, or leads to
/// - a folder of IDX files named as MNIST's are,
/// - a folder with a folder of PNG, JPEG or BMP pictures for each class, or with such folders below
///   `train` and `test`,
/// - an ARFF file, or a table as CSV, TSV or the like, or a folder of them,
/// - an NPZ or NPY file, or a folder of NPY files.
///
/// Files may be compressed by gzip. `docs/data.md` has the rules.
public struct DataSource: Sendable, Equatable {
  /// The name of the built-in digits.
  public static let digits = "digits"
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
    try checkNumbers()
    let found: (train: Dataset, validation: Dataset?, test: Dataset?)
    var decisions: [DataDecision] = []
    switch try SourceKind(path: path, decisions: &decisions) {
    case .drawn(let data):
      try options.refuse(
        [.columns, .files, .labelFile], "data that are drawn have one form", for: path)
      found = try asTask(data.draw())
    case .idx:
      try options.refuse([.columns, .files, .labelFile], "IDX files have one form", for: path)
      try refuseOtherTasks(than: .classification)
      found = try IDXFolder(path: path).parts(resize: options.resize)
        .deciding(decisions).datasets(task: options.task)
    case .arrays(let arrays):
      try options.refuse(
        [.columns, .files, .labelFile], "arrays are told apart by their names", for: path)
      found = try arrays.parts(needsTargets: options.task != .autoEncoding)
        .deciding(decisions).datasets(task: options.task)
    case .parts(let train, let validation, let test):
      try options.refuse([.files], "the folder has parts of its own", for: path)
      found = try read(train, validation, test)
        .deciding(decisions).datasets(task: options.task)
    case .single:
      found = try read(path, options.validation, options.test)
        .deciding(decisions).datasets(task: options.task)
    }
    let size = options.resize
    return try divide(
      try found.train.resized(to: size), try found.validation?.resized(to: size),
      try found.test?.resized(to: size))
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

  /// The targets that there are, or the inputs; refuses other tasks.
  private func asTask(
    _ split: DatasetSplit
  ) throws(DataError) -> (train: Dataset, validation: Dataset?, test: Dataset?) {
    try refuseOtherTasks(than: split.train.targets.task)
    guard options.task == .autoEncoding else { return (split.train, nil, split.test) }
    return (split.train.with(targets: .inputs), nil, split.test.with(targets: .inputs))
  }

  private func refuseOtherTasks(than own: DataTask) throws(DataError) {
    guard let task = options.task, task != own, task != .autoEncoding else { return }
    throw .source(path: path, .option(key: "task", reason: "the targets are for \(own.rawValue)"))
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

  private func checkNumbers() throws(DataError) {
    let (validation, test) = (options.validationShare, options.testShare)
    guard validation >= 0, validation < 1 else {
      throw .source(
        path: path,
        .share(key: "validation-share", value: validation, wanted: "from 0 to below 1"))
    }
    if let size = options.resize {
      do throws(PictureProblem) {
        try Picture.checkPixels(width: size.width, height: size.height)
      } catch {
        throw .source(path: path, .option(key: "resize", reason: error.description))
      }
    }
    if let test, !(test > 0 && test < 1) {
      throw .source(
        path: path, .share(key: "test-share", value: test, wanted: "between 0 and 1"))
    }
  }
}
