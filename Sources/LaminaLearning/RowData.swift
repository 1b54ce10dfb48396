import Lamina
import LaminaData

/// Rows of numbers with their answers, checked.
struct RowData {
  let dataset: Dataset
  /// The names of the inputs; empty if they have none.
  private let names: [String]

  /// - Parameters:
  ///   - rows: The inputs of each example.
  ///   - names: The names of the inputs, or none.
  ///   - targets: The answers.
  init(_ rows: [[Float]], names: [String], _ targets: Dataset.Targets) throws(LearningError) {
    guard let first = rows.first else { throw .noRows }
    guard names.isEmpty || names.count == first.count else {
      throw .nameCount(found: names.count, wanted: first.count)
    }
    dataset = Dataset(
      name: "the rows", inputs: .floats(try Self.inputs(rows, count: first.count)),
      targets: targets, features: first.count, featureNames: names)
    self.names = names
  }

  /// The inputs row by row.
  static func inputs(_ rows: [[Float]], count: Int) throws(LearningError) -> [Float] {
    guard count > 0 else { throw .rowLength(row: 0, found: 0, wanted: 1) }
    var inputs: [Float] = []
    inputs.reserveCapacity(rows.count * count)
    for (index, row) in rows.enumerated() {
      guard row.count == count else {
        throw .rowLength(row: index, found: row.count, wanted: count)
      }
      if let place = row.firstIndex(where: { !$0.isFinite }) {
        throw .notFinite(row: index, input: place, value: "\(row[place])")
      }
      inputs += row
    }
    return inputs
  }

  /// Classes by their names, in ascending order.
  static func classes(_ classes: [String], rows: Int) throws(LearningError) -> Dataset.Targets {
    guard classes.count == rows else { throw .answerCount(rows: rows, answers: classes.count) }
    let names = Set(classes).sorted(by: String.isInOrder)
    guard names.count > 1 || rows == 0 else { throw .oneClass(name: names[0]) }
    let places = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
    return .classes(classes.map { Int32(places[$0] ?? 0) }, classNames: names)
  }

  /// A row of truth values per example, one per name.
  static func labels(
    _ labels: [[Bool]], _ names: [String], rows: Int
  ) throws(LearningError) -> Dataset.Targets {
    let all = try flat(labels, count: names.count, rows: rows)
    return .labels(all.map { $0 ? 1 : 0 }, names: names)
  }

  /// A row of numbers per example.
  static func numbers(
    _ numbers: [[Double]], _ names: [String], rows: Int
  ) throws(LearningError) -> Dataset.Targets {
    let count = names.isEmpty ? numbers.first?.count ?? 1 : names.count
    let all = try flat(numbers, count: count, rows: rows)
    if let place = all.firstIndex(where: { !Float($0).isFinite }) {
      throw .answerNotFinite(row: place / count, value: "\(all[place])")
    }
    return .values(all, names: names.isEmpty ? (0..<count).map { "y\($0 + 1)" } : names)
  }

  private static func flat<Answer>(
    _ answers: [[Answer]], count: Int, rows: Int
  ) throws(LearningError) -> [Answer] {
    guard answers.count == rows else { throw .answerCount(rows: rows, answers: answers.count) }
    for (row, own) in answers.enumerated() where own.count != count || count == 0 {
      throw .answerLength(row: row, found: own.count, wanted: max(1, count))
    }
    return answers.flatMap(\.self)
  }

  /// The rows in two parts, as data that were read from a file.
  func loaded(validationShare: Double, seed: UInt64) throws(LearningError) -> LoadedData {
    let split: DatasetSplit
    if validationShare == 0 {
      split = DatasetSplit(train: dataset, test: dataset)
    } else {
      guard validationShare > 0, validationShare < 1 else {
        throw .validationShare(validationShare, rows: dataset.count)
      }
      let (rest, taken) = dataset.partition(share: validationShare, seed: seed)
      guard !rest.isEmpty, !taken.isEmpty else {
        throw .validationShare(validationShare, rows: dataset.count)
      }
      let part = dataset.examples(taken)
      split = DatasetSplit(train: dataset.examples(rest), validation: part, test: part)
    }
    let columns = names.isEmpty ? (1...dataset.features).map { "\($0)" } : names
    let isCoder = dataset.targets.task == .autoEncoding
    let isClassifier = dataset.targets.task == .classification
    let schema = DataSchema(
      columns: columns.map { DataSchema.Column(name: $0) }, isNamed: !names.isEmpty,
      targets: isCoder ? [] : isClassifier ? ["class"] : dataset.targets.names,
      task: dataset.targets.task, outputs: dataset.targets.names, digest: dataset.digest)
    return LoadedData(split: split, schema: schema, decisions: [])
  }
}
