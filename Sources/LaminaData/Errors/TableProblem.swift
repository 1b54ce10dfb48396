/// What is wrong with a table: a CSV, TSV, ARFF or LIBSVM file, or an array of rows. Lines and columns
/// count from 1.
public enum TableProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// There is no row of data.
  case noRows
  /// A row has another number of fields than the first one or the header.
  case fieldCount(line: Int, found: Int, wanted: Int)
  /// A field has no value.
  case missing(line: Int, column: Int, name: String)
  /// A field is not a finite number.
  case notNumber(line: Int, column: Int, name: String, text: String, reason: String? = nil)
  /// A field is a whole number that 64-bit floats do not tell from its neighbours.
  case inexact(line: Int, column: Int, name: String, text: String)
  /// A field is none of the values that its column declares.
  case notDeclared(line: Int, column: Int, name: String, text: String, declared: [String])
  /// A quoted field has no closing quote.
  case openQuote(line: Int)
  /// Something stands between a closing quote and the next separator.
  case afterQuote(line: Int, column: Int)
  /// No column has this name or number.
  case noColumn(wanted: String, names: [String])
  /// Several columns have this name.
  case ambiguous(name: String, columns: [Int])
  /// A column is asked for twice, as two targets or as a target that is left out.
  case chosenTwice(column: Int, name: String)
  /// Every column is a target or left out.
  case noFeatures(columns: Int)
  /// A line of an ARFF or LIBSVM file does not say what it should.
  case declaration(line: Int, reason: String)
  /// Two names or values have the same Unicode normal form and other bytes.
  case spelling(first: String, firstPlace: String, second: String, secondPlace: String)
  /// A field is none of the values that the training data had in its column.
  case unknownValue(line: Int, column: Int, name: String, text: String, known: [String])
  /// Columns that the training data had are not there.
  case missingInputs([String], names: [String])
  /// Target columns that the training data had are not there.
  case missingTargets([String], names: [String])
  /// Columns are to be found by name, and there is no header.
  case noHeader(wanted: [String])
  /// Columns are to be found by place, and there are more or fewer of them.
  case columnCount(found: Int, wanted: Int, targets: Int)
  /// Numbers have commas that can be decimal or stand between thousands.
  case unclearComma(line: Int, column: Int, name: String, text: String)
  /// Some numbers have decimal commas, others decimal points.
  case mixedDecimals(comma: Cell, point: Cell)

  /// A field and where it stands.
  public struct Cell: Sendable, Equatable {
    var line: Int
    var column: Int
    var name: String
    var text: String
  }

  /// The problem, without the path.
  public var description: String {
    switch self {
    case .noRows: "there is no row of data, and at least one is needed"
    case .fieldCount(let line, let found, let wanted):
      "line \(line) has \(found) \(found == 1 ? "field" : "fields"), and the lines before it "
        + "have \(wanted)"
    case .missing(let line, let column, let name):
      "line \(line), \(Self.column(column, name)) has no value; fill it in or leave the row out"
    case .notNumber(let line, let column, let name, let text, let reason):
      "line \(line), \(Self.column(column, name)) is \(cited(text)), and a finite 32-bit "
        + "number is needed; \(reason ?? "leave a column of text out, or make it a target")"
    case .inexact(let line, let column, let name, let text):
      "line \(line), \(Self.column(column, name)) is \(cited(text)), which 64-bit floats do not tell "
        + "from its neighbours; subtract a constant or divide first, or leave the column out"
    case .notDeclared(let line, let column, let name, let text, let declared):
      "line \(line), \(Self.column(column, name)) is \(cited(text)), and the header declares "
        + "only \(listed(declared))"
    case .openQuote(let line): "line \(line) opens a quote that is never closed"
    case .afterQuote(let line, let column):
      "line \(line), column \(column) goes on after its closing quote; a quote inside of a "
        + "quoted field is written twice"
    case .noColumn(let wanted, let names):
      "there is no column \(cited(wanted)); there are \(names.count): \(listed(names))"
    case .ambiguous(let name, let columns):
      "columns \(columns.map(String.init).joined(separator: " and ")) are "
        + "\(columns.count == 2 ? "both" : "all") named \(cited(name)); give the number of the one "
        + "that is meant, or other names"
    case .chosenTwice(let column, let name):
      "\(Self.column(column, name)) is asked for twice, as a target or as one to leave out"
    case .noFeatures(let columns):
      "no column is left as an input: of \(columns), all are targets or left out"
    case .declaration(let line, let reason): "line \(line): \(reason)"
    case .spelling(let first, let firstPlace, let second, let secondPlace):
      "\(cited(first)) (\(firstPlace)) and \(cited(second)) (\(secondPlace)) look alike, and their "
        + "characters differ: \(scalars(first)) and \(scalars(second)); spell them alike, or "
        + "rename one"
    case .unknownValue(let line, let column, let name, let text, let known):
      "line \(line), \(Self.column(column, name)) is \(cited(text)), and the training data had "
        + "only \(listed(known))"
    case .missingInputs, .missingTargets, .noHeader, .columnCount: mismatch
    case .unclearComma(let line, let column, let name, let text):
      "line \(line), \(Self.column(column, name)) is \(cited(text)): the comma of all such numbers "
        + "can be decimal or stand between thousands; --decimal comma or --thousands comma says which"
    case .mixedDecimals(let comma, let point):
      "line \(comma.line), \(Self.column(comma.column, comma.name)) has a decimal comma "
        + "(\(cited(comma.text))), and line \(point.line), \(Self.column(point.column, point.name)) "
        + "a decimal point (\(cited(point.text))); write all numbers alike"
    }
  }

  /// How the columns differ from those of the training data.
  private var mismatch: String {
    switch self {
    case .missingInputs(let missing, let names):
      "\(missing.count == 1 ? "the input column" : "the input columns") \(quoted(missing)) "
        + "\(missing.count == 1 ? "is" : "are") missing; there are \(names.count): \(listed(names))"
    case .missingTargets(let missing, let names):
      "\(missing.count == 1 ? "the target column" : "the target columns") \(quoted(missing)) "
        + "\(missing.count == 1 ? "is" : "are") missing, and without targets there is nothing to "
        + "compare outputs with; there are \(names.count): \(listed(names))"
    case .noHeader(let wanted):
      "the columns have no names, and those of the training data are found by name; add a header "
        + "with \(listed(wanted))"
    case .columnCount(let found, let wanted, let targets):
      "there are \(found) columns, and the training data had \(wanted), \(targets) of them "
        + "\(targets == 1 ? "the target" : "targets"); columns without names are matched by place"
    default: ""
    }
  }

  private static func column(_ number: Int, _ name: String) -> String {
    name == "\(number)" ? "column \(number)" : "column \(number) (\(shortened(name)))"
  }
}

/// The characters of a short text by their Unicode numbers, ASCII as it is.
private func scalars(_ text: String) -> String {
  text.unicodeScalars.prefix(24).map { scalar in
    scalar.isASCII
      ? shortened(String(scalar)) : "U+" + String(scalar.value, radix: 16, uppercase: true)
  }.joined(separator: " ")
}

/// A text of a file as messages show it: short, in quotes, on one line.
func cited(_ text: String) -> String {
  "\"" + shortened(text) + "\""
}

/// A text of a file without control characters and not too long.
func shortened(_ text: String) -> String {
  let visible = String(
    text.unicodeScalars.prefix(60).map { scalar -> Character in
      scalar.properties.generalCategory == .control ? " " : Character(scalar)
    })
  return text.unicodeScalars.count > 60 ? visible + "…" : visible
}

/// Some names as messages show them, each in quotes.
func quoted(_ names: [String]) -> String {
  let shown = names.prefix(12).map(cited).joined(separator: ", ")
  return names.count > 12 ? "\(shown) and \(names.count - 12) more" : shown
}

/// Some names as messages show them.
func listed(_ names: [String]) -> String {
  let shown = names.prefix(12).map(shortened).joined(separator: ", ")
  return names.count > 12 ? "\(shown) and \(names.count - 12) more" : shown
}
