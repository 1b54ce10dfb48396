import Glibc
public import Lamina

extension DataSource {
  /// Reads the examples with which a model is measured.
  ///
  /// These are the test part if the path has one or ``DataOptions/test`` names one. Of the training
  /// set, they are the part that was split off for the test; of any other file or folder, all
  /// examples. Without a ``schema``, the data are split as for a training.
  public func readTest() throws(DataError) -> (test: Dataset, decisions: [DataDecision]) {
    guard let schema else {
      let data = try read()
      return (data.split.test, data.decisions)
    }
    var (test, decisions) = try readTest(for: schema)
    // The model determines these, so options cannot override them.
    decisions = decisions.map(\.forModel)
    return (test, decisions)
  }

  /// Whether the path leads to text: a table, or a folder of tables.
  public var isText: Bool {
    get throws(DataError) {
      let file: String
      switch try SourceKind(path: path) {
      case .drawn, .idx, .arrays: return false
      case .parts(let train, _, _): file = train
      case .single: file = path
      }
      if try stat.of(file)?.isFolder == true { return false }
      switch try FileKind(path: file) {
      case .text, .arff: return true
      case .other(let kind): return kind.isText
      case .npy, .npz: return false
      }
    }
  }

  private func readTest(
    for schema: DataSchema
  ) throws(DataError) -> (test: Dataset, decisions: [DataDecision]) {
    var source = self
    source.options = options.decided(by: schema)
    if let test = options.test {
      // The model replaces the training part, but its path must still exist.
      _ = try SourceKind(path: path)
      source.path = test
      source.options.test = nil
    }
    if try !SourceKind(path: source.path).isTable(at: source.path) {
      source.options = source.options.withoutColumns
    }
    var found = try source.find()
    if let test = found.test { return (test, found.decisions) }
    if found.train.digest == schema.digest, let share = schema.testShare, options.test == nil {
      source.options.testShare = share
      let split = try source.divide(found, &found.decisions)
      return (split.test, found.decisions)
    }
    let count = found.train.count
    let (text, remedy): (String, String?) =
      if found.train.digest != schema.digest {
        ("is not the training set: all \(count) examples are measured", nil)
      } else if schema.testShare == nil {
        (
          "is the training set, which had a separate test part: the model was trained on all "
            + "\(count) measured examples", "--test chooses another part"
        )
      } else {
        (
          "is the training set: the model was trained on most of the \(count) measured examples",
          "without --test, only the others are measured"
        )
      }
    found.decisions.note("test-part", "\(source.path) \(text)", remedy: remedy)
    return (found.train, found.decisions)
  }
}

extension SourceKind {
  /// Whether options about columns apply.
  fileprivate func isTable(at path: String) throws(DataError) -> Bool {
    switch self {
    case .drawn, .idx, .arrays: false
    case .parts(let train, _, _): try stat.of(train)?.isFolder != true
    case .single: try stat.of(path)?.isFolder != true
    }
  }
}

extension DataDecision {
  /// The decision without a remedy that a model rules out.
  var forModel: DataDecision {
    ["task", "bytes"].contains(subject) ? DataDecision(subject: subject, text: text) : self
  }
}

extension DataOptions {
  /// The options without those about columns and text.
  fileprivate var withoutColumns: DataOptions {
    DataOptions(
      task: task, resize: resize, validation: validation, test: test,
      validationShare: validationShare, testShare: testShare, splitSeed: splitSeed,
      stratify: stratify)
  }

  /// The options without those that a model determines, or with its values.
  func decided(by schema: DataSchema) -> DataOptions {
    var options = self
    options.labelFile = nil
    // Columns without names are matched by position, including the ignored ones.
    if schema.isNamed { options.ignoredColumns = [] }
    if !schema.columns.isEmpty {
      options.targetColumns = schema.targets.map { ColumnReference($0) }
    }
    options.task = schema.task
    options.validationShare = 0
    (options.missing, options.dates, options.dateOrder) = (nil, nil, nil)
    (options.categoryColumns, options.embeddingAbove, options.embeddingWidth) = ([], nil, nil)
    return options
  }
}
