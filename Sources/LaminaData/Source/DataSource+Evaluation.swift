import Glibc
public import Lamina

extension DataSource {
  /// Reads the examples that a model is measured with: the test part where the path leads to one or
  /// ``DataOptions/test`` names one; of the training set the part that was left for the test; of any
  /// other file or folder all examples.
  ///
  /// Without a ``schema`` the data are divided as those of a training.
  public func readTest() throws(DataError) -> (test: Dataset, decisions: [DataDecision]) {
    guard let schema else {
      let data = try read()
      return (data.split.test, data.decisions)
    }
    var (test, decisions) = try readTest(for: schema)
    // What the model says cannot be said otherwise.
    decisions = decisions.map { ["task", "bytes"].contains($0.subject) ? $0.withoutRemedy : $0 }
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

  private static let testPart = "test-part"

  private func readTest(
    for schema: DataSchema
  ) throws(DataError) -> (test: Dataset, decisions: [DataDecision]) {
    var source = self
    source.options = options.decided(by: schema)
    if let test = options.test {
      // What the training part would tell, the model knows; but a path that leads nowhere is wrong.
      _ = try SourceKind(path: path)
      source.path = test
      source.options.test = nil
    }
    if try !SourceKind(path: source.path).isTable(at: source.path) {
      source.options = source.options.withoutColumns
    }
    var found = try source.find()
    if let test = found.test { return (test, found.decisions) }
    guard found.train.digest == schema.digest else {
      found.decisions.append(
        DataDecision(
          Self.testPart,
          "\(source.path) is not known as the training set: all \(found.train.count) examples "
            + "are measured"))
      return (found.train, found.decisions)
    }
    guard let share = schema.testShare else {
      found.decisions.append(
        DataDecision(
          Self.testPart,
          "\(source.path) is the training set, which had a test part of its own: "
            + "the model was trained with all \(found.train.count) examples that are measured",
          remedy: "--test names another part"))
      return (found.train, found.decisions)
    }
    guard options.test == nil else {
      found.decisions.append(
        DataDecision(
          Self.testPart,
          "\(source.path) is the training set: the model was trained with most of the "
            + "\(found.train.count) examples that are measured",
          remedy: "without --test only the others are"))
      return (found.train, found.decisions)
    }
    source.options.testShare = share
    let split = try source.divide(found, &found.decisions)
    return (split.test, found.decisions)
  }
}

extension SourceKind {
  /// Whether options about columns mean something for it.
  fileprivate func isTable(at path: String) throws(DataError) -> Bool {
    switch self {
    case .drawn, .idx, .arrays: false
    case .parts(let train, _, _): try stat.of(train)?.isFolder != true
    case .single: try stat.of(path)?.isFolder != true
    }
  }
}

extension DataDecision {
  fileprivate var withoutRemedy: DataDecision { DataDecision(subject, text) }
}

extension DataOptions {
  /// The options but for those about columns and text.
  fileprivate var withoutColumns: DataOptions {
    DataOptions(
      task: task, resize: resize, validation: validation, test: test,
      validationShare: validationShare, testShare: testShare, splitSeed: splitSeed,
      stratify: stratify)
  }

  /// The options without those whose answers a model knows.
  fileprivate func decided(by schema: DataSchema) -> DataOptions {
    var options = self
    options.labelFile = nil
    // Columns without names are matched by their places, those left out among them.
    if schema.isNamed { options.ignoredColumns = [] }
    if !schema.columns.isEmpty {
      options.targetColumns = schema.targets.map { ColumnReference($0) }
    }
    options.task = schema.task
    options.validationShare = 0
    return options
  }
}
