/// What keeps the targets of a data set from being used.
public enum TargetProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// There are no targets.
  case none
  /// Classes stand in one column, and there are none.
  case oneColumn(found: Int)
  /// A row of several columns does not name one class.
  case notOneHot(place: String, columns: Int)
  /// All examples have the same class.
  case oneClass(name: String)
  /// So many different whole numbers may be classes or not.
  case manyClasses(count: Int, column: String)
  /// A class is none of those of the training part, or of the model.
  case unknownClass(place: String, text: String, known: [String])
  /// Two classes look the same and are made of other characters.
  case twoSpellings(text: String, place: String, first: String)
  /// The targets are for another task than the model.
  case otherTask(found: DataTask, wanted: DataTask)
  /// A part has other target columns than the training part, or than the model.
  case columnsDiffer(found: [String], wanted: [String])
  /// A target has no value.
  case missing(place: String, column: String, text: String)
  /// A target would be a number but for its spelling.
  case oddNumber(place: String, column: String, text: String, reason: String)
  /// A text stands among numbers.
  case textAmongNumbers(place: String, column: String, text: String, numbers: Int)
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
    case .notOneHot(let place, let columns):
      "\(place): the \(columns) target columns name no class, which takes a single 1 among zeros; "
        + "set the task to multi_label or regression, or name one target column"
    case .oneClass(let name):
      "all examples have the class \(cited(name)), and at least two classes are needed"
    case .manyClasses(let count, let column):
      "the target \(cited(column)) has \(count) different whole numbers; "
        + "set the task to regression or, if they are classes, to classification"
    case .unknownClass(let place, let text, let known):
      "\(place) has the class \(cited(text)), and only these are known: \(listed(known))"
    case .twoSpellings(let text, let place, let first):
      "the class \(cited(text)) of \(place) looks as that of \(first) and is made of other "
        + "Unicode characters; write both alike"
    case .otherTask(let found, let wanted):
      "the targets are for \(found.rawValue), and the model was trained for \(wanted.rawValue)"
    case .columnsDiffer(let found, let wanted):
      "the targets are \(listed(found)), and those of the training part \(listed(wanted))"
    case .missing(let place, let column, let text):
      "\(place): the target \(cited(column)) has no value\(text.isEmpty ? "" : " (\(text))"); "
        + "fill it in or leave the row out"
    case .oddNumber(let place, let column, let text, let reason):
      "\(place): the target \(cited(column)) is \(cited(text)), which is no number: \(reason)"
    case .textAmongNumbers(let place, let column, let text, let numbers):
      "\(place): the target \(cited(column)) is \(cited(text)), and \(numbers) others are numbers; "
        + "correct it, or set the task to classification if all are names of classes"
    case .notOfTask(let place, let column, let text, let wanted):
      "\(place): the target \(cited(column)) is \(cited(text)), and \(wanted) is needed"
    case .weight(let place, let column, let text):
      "\(place): the weight \(cited(column)) is \(cited(text)), and 0 or a positive number is needed"
    }
  }
}
