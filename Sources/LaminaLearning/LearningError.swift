/// Rows that cannot be learned from or predicted. Each case prints as one sentence.
public enum LearningError: Error, Sendable, Equatable, CustomStringConvertible {
  /// There are no rows.
  case noRows
  /// A row has another number of inputs than the others, or than the model. Rows are counted from 0.
  case rowLength(row: Int, found: Int, wanted: Int)
  /// A number of a row is infinite or no number.
  case notFinite(row: Int, input: Int, value: String)
  /// The rows and their answers differ in number.
  case answerCount(rows: Int, answers: Int)
  /// The answers of a row differ in number from the others or from their names.
  case answerLength(row: Int, found: Int, wanted: Int)
  /// An answer is infinite or no number.
  case answerNotFinite(row: Int, value: String)
  /// There are fewer than two classes.
  case oneClass(name: String)
  /// The names of the inputs differ in number from the inputs.
  case nameCount(found: Int, wanted: Int)
  /// The share of validation is not from 0 to below 1, or leaves a part empty.
  case validationShare(Double, rows: Int)
  /// The model takes the columns of a table, which are more than numbers.
  case needsTable(columns: Int)

  /// The problem as a sentence.
  public var description: String {
    switch self {
    case .noRows: "there are no rows; at least one is needed"
    case .rowLength(let row, let found, let wanted):
      "row \(row) has \(found) inputs, but \(wanted) are needed"
    case .notFinite(let row, let input, let value):
      "row \(row), input \(input) is \(value); it must be finite"
    case .answerCount(let rows, let answers):
      "there are \(rows) rows and \(answers) answers; each row needs one"
    case .answerLength(let row, let found, let wanted):
      "row \(row) has \(found) answers, but \(wanted) are needed"
    case .answerNotFinite(let row, let value):
      "the answer of row \(row) is \(value); it must be finite"
    case .oneClass(let name):
      "all rows have the class \"\(name)\", but at least two classes are needed"
    case .nameCount(let found, let wanted):
      "there are \(found) names for \(wanted) inputs; give one each, or none"
    case .validationShare(let share, let rows):
      "a validation share of \(share) of \(rows) rows leaves a part empty; it must be 0, or leave "
        + "rows in both parts"
    case .needsTable(let columns):
      "the model takes \(columns) columns of a table, not all of which are one number each; "
        + "predict(table:) reads them"
    }
  }
}
