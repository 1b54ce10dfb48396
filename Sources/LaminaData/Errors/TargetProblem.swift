/// A problem with the targets of a data set.
public enum TargetProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// There are no targets.
  case none
  /// Classes need one column, but there is none.
  case oneColumn(found: Int)
  /// A row of several columns is not one-hot.
  case notOneHot(place: String, columns: Int)
  /// All examples have the same class.
  case oneClass(name: String)
  /// There are too many different whole numbers to decide between classes and numbers.
  case manyClasses(count: Int, column: String)
  /// A class does not occur in the training part, or in the model.
  case unknownClass(place: String, text: String, known: [String])
  /// Two classes look the same but consist of different characters.
  case twoSpellings(text: String, place: String, first: String)
  /// The targets and the model are for different tasks.
  case otherTask(found: DataTask, wanted: DataTask)
  /// The target columns of a part differ from those of the training part, or of the model.
  case columnsDiffer(found: [String], wanted: [String])
  /// A target has no value.
  case missing(place: String, column: String, text: String)
  /// A target looks like a number but is not written as one.
  case oddNumber(place: String, column: String, text: String, reason: String)
  /// A text occurs among numbers.
  case textAmongNumbers(place: String, column: String, text: String, numbers: Int)
  /// A target is not of the kind that the task needs.
  case notOfTask(place: String, column: String, text: String, wanted: String)
  /// The weight of an example is not a number from 0 on.
  case weight(place: String, column: String, text: String)

  /// The problem, without the path.
  public var description: String {
    switch self {
    case .none: "there are no targets; name the target columns, or set the task to auto_encoding"
    case .oneColumn(let found):
      "there are \(found) target columns, but classes need one; name it, or set another task"
    case .notOneHot(let place, let columns):
      "\(place): the \(columns) target columns are not one-hot (a single 1 among zeros); "
        + "set the task to multi_label or regression, or name one target column"
    case .oneClass(let name):
      "all examples have the class \(cited(name)), but at least two classes are needed"
    case .manyClasses(let count, let column):
      "the target \(cited(column)) has \(count) different whole numbers; "
        + "set the task to regression or, if they are classes, to classification"
    case .unknownClass(let place, let text, let known):
      "\(place) has the class \(cited(text)), but only these are known: \(listed(known))"
    case .twoSpellings(let text, let place, let first):
      "the class \(cited(text)) of \(place) looks like that of \(first) but has different "
        + "Unicode characters; spell both alike"
    case .otherTask(let found, let wanted):
      "the targets are for \(found.rawValue), but the model was trained for \(wanted.rawValue)"
    case .columnsDiffer(let found, let wanted):
      "the targets are \(listed(found)), but those of the training part are \(listed(wanted))"
    case .missing(let place, let column, let text):
      "\(place): the target \(cited(column)) has no value\(text.isEmpty ? "" : " (\(text))"); "
        + "fill it in or leave the row out"
    case .oddNumber(let place, let column, let text, let reason):
      "\(place): the target \(cited(column)) is \(cited(text)), which is not a number: \(reason)"
    case .textAmongNumbers(let place, let column, let text, let numbers):
      "\(place): the target \(cited(column)) is \(cited(text)), but \(numbers) others are numbers; "
        + "correct it, or set the task to classification if all are class names"
    case .notOfTask(let place, let column, let text, let wanted):
      "\(place): the target \(cited(column)) is \(cited(text)), but \(wanted) is needed"
    case .weight(let place, let column, let text):
      "\(place): the weight \(cited(column)) is \(cited(text)), but a number from 0 on is needed"
    }
  }
}
