public import Lamina

/// A data set before it is split, for cross-validations: each of their parts has columns that are
/// fitted to its own training rows.
public struct UnsplitData: Sendable {
  private let source: DataSource
  private let found: FoundData

  /// The decisions that no option made.
  public var decisions: [DataDecision] { found.decisions }
  /// The number of examples.
  public var count: Int { found.train.count }
  /// The targets of all examples.
  public var targets: Dataset.Targets { found.train.targets }

  /// The number of each example's group: consecutive numbers from 0, in the ascending order of their
  /// names; nil without ``DataOptions/groupColumn``.
  public var groups: [Int]? {
    guard let texts = found.groups else { return nil }
    let names = (0..<texts.count).map { texts[$0] }
    let sorted = Set(names.map { ExactText($0) }).map(\.text)
      .sorted(by: String.isInOrder)
    let places = Dictionary(places: sorted)
    return names.compactMap { places[ExactText($0)] }
  }

  init(_ source: DataSource, _ found: FoundData) { (self.source, self.found) = (source, found) }

  /// The data of one part of a cross-validation.
  ///
  /// - Parameters:
  ///   - training: The rows to train with, of which ``DataOptions/validationShare`` is held out.
  ///   - testing: The rows to test with.
  /// - Throws: `DataError` if a part is empty or cannot be fitted.
  /// - Precondition: All rows are in `0 ..< count`.
  public func split(training: [Int], testing: [Int]) throws(DataError) -> LoadedData {
    var train = found.train.examples(training)
    var validation: Dataset?
    if source.options.validationShare > 0 {
      validation = try source.takeOut(
        source.options.validationShare, of: &train, for: "validation")
    }
    let cells = DatasetSplit(
      train: train, validation: validation, test: found.train.examples(testing))
    return try source.fit(found, cells, found.decisions)
  }
}

extension DataSource {
  /// Reads the examples without splitting them. A test part is left out, with a note.
  public func readUnsplit() throws(DataError) -> UnsplitData {
    try checkNumbers()
    var found = try find()
    if found.validation != nil {
      throw .source(
        path: path,
        .option(
          key: "validation", reason: "each part of a cross-validation holds out a share of its own")
      )
    }
    if found.test != nil {
      found.test = nil
      found.decisions.note(
        "test-part", "\(path) has a test part, which the cross-validation does not touch")
    }
    return UnsplitData(self, found)
  }
}
