import Lamina

/// What the targets of a data set mean: found from its training part, used for all parts.
struct TargetPlan {
  private enum Kind {
    case classes([String: Int32])
    case labels
    case values
    case inputs
  }

  /// More different whole numbers are hardly classes: the user should say so.
  private static let mostClasses = 1000

  private let kind: Kind
  /// The names of the classes, or of the columns.
  private let names: [String]

  /// Finds out what the targets of `part` mean, or checks that they can be those of `task`.
  init(_ part: ExamplePart, task: DataTask?) throws(TargetProblem) {
    let columns = part.targets
    let chosen: DataTask
    if let task { chosen = task } else { chosen = try Self.task(columns) }
    switch chosen {
    case .classification:
      guard columns.count == 1 else { throw .oneColumn(found: columns.count) }
      names = columns[0].classNames
      guard names.count > 1 else { throw .oneClass(name: names.first ?? "") }
      guard names.count <= Self.mostClasses || task != nil else {
        throw .manyClasses(count: names.count, column: columns[0].name)
      }
      kind = .classes(
        Dictionary(
          zip(names, (0..<Int32(names.count))), uniquingKeysWith: { first, _ in first }))
    case .multiLabel:
      (kind, names) = (.labels, try Self.columnNames(columns))
    case .regression:
      (kind, names) = (.values, try Self.columnNames(columns))
    case .autoEncoding:
      (kind, names) = (.inputs, [])
    }
  }

  private static func columnNames(_ columns: [TargetColumn]) throws(TargetProblem) -> [String] {
    guard !columns.isEmpty else { throw .none }
    return columns.map(\.name)
  }

  /// The task that targets without one are for.
  private static func task(_ columns: [TargetColumn]) throws(TargetProblem) -> DataTask {
    guard let first = columns.first else { throw .none }
    let areNumbers = columns.allSatisfy { column in
      (0..<column.count).allSatisfy { column.number($0) != nil }
    }
    if columns.count == 1 {
      return first.declared != nil || first.isWhole || !areNumbers ? .classification : .regression
    }
    let areLabels = columns.allSatisfy { column in
      (0..<column.count).allSatisfy { column.number($0) == 0 || column.number($0) == 1 }
    }
    return areLabels ? .multiLabel : .regression
  }

  /// The targets of a part: the training part itself or another one.
  func targets(of part: ExamplePart) throws(TargetProblem) -> Dataset.Targets {
    if case .inputs = kind { return .inputs }
    if case .classes(let numbers) = kind {
      guard part.targets.count == 1 else { throw .oneColumn(found: part.targets.count) }
      let column = part.targets[0]
      var classes: [Int32] = []
      for row in 0..<column.count {
        guard let number = numbers[column.text(row)] else {
          throw .unknownClass(
            place: part.places.description(of: row), text: column.text(row), known: names)
        }
        classes.append(number)
      }
      return .classes(classes, classNames: names)
    }
    guard part.targets.map(\.name) == names else {
      throw .columnsDiffer(found: part.targets.map(\.name), wanted: names)
    }
    let isLabels = if case .labels = kind { true } else { false }
    var rows: [Double] = []
    for row in 0..<(part.targets.first?.count ?? 0) {
      for column in part.targets {
        guard let number = column.number(row), !isLabels || number == 0 || number == 1 else {
          throw .notOfTask(
            place: part.places.description(of: row), column: column.name,
            text: column.text(row), wanted: isLabels ? "0 or 1" : "a finite 32-bit number")
        }
        rows.append(number)
      }
    }
    return isLabels ? .labels(rows.map { Float($0) }, names: names) : .values(rows, names: names)
  }
}

/// What keeps the targets of a data set from being used.
public enum TargetProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// There are no targets.
  case none
  /// Classes stand in one column, and there are several, or none.
  case oneColumn(found: Int)
  /// All examples have the same class.
  case oneClass(name: String)
  /// So many different whole numbers may be classes or not.
  case manyClasses(count: Int, column: String)
  /// A class is none of those of the training part.
  case unknownClass(place: String, text: String, known: [String])
  /// A part has other target columns than the training part.
  case columnsDiffer(found: [String], wanted: [String])
  /// A target is of another kind than the task needs.
  case notOfTask(place: String, column: String, text: String, wanted: String)
  /// The weight of an example is none.
  case weight(place: String, column: String, text: String)

  /// The problem, without the path.
  public var description: String {
    switch self {
    case .none:
      "there are no targets; name the columns that are, or set the task to auto_encoding"
    case .oneColumn(let found):
      "there are \(found) target columns, and classes stand in one; name it, or set another task"
    case .oneClass(let name):
      "all examples have the class \(cited(name)), and at least two classes are needed"
    case .manyClasses(let count, let column):
      "the target \(cited(column)) has \(count) different whole numbers; "
        + "set the task to regression or, if they are classes, to classification"
    case .unknownClass(let place, let text, let known):
      "\(place) has the class \(cited(text)), and the training part knows only \(listed(known))"
    case .columnsDiffer(let found, let wanted):
      "the targets are \(listed(found)), and those of the training part \(listed(wanted))"
    case .notOfTask(let place, let column, let text, let wanted):
      "\(place): the target \(cited(column)) is \(cited(text)), and \(wanted) is needed"
    case .weight(let place, let column, let text):
      "\(place): the weight \(cited(column)) is \(cited(text)), and 0 or a positive number is needed"
    }
  }
}
