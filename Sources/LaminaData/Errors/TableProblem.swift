/// A problem with a table: a CSV, TSV, ARFF or LIBSVM file, or an array of rows. Lines and columns
/// are counted from 1.
public enum TableProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// There is no row of data.
  case noRows
  /// The number of fields of a row differs from that of the header or the first row.
  case fieldCount(line: Int, found: Int, wanted: Int)
  /// A field has no value.
  case missing(line: Int, column: Int, name: String, remedy: String? = nil)
  /// A field is not a finite number.
  case notNumber(line: Int, column: Int, name: String, text: String, reason: String? = nil)
  /// A field is no date, or no truth value, in a column of these.
  case notOfColumn(line: Int, column: Int, name: String, text: String, wanted: String)
  /// The dates of a column can be read in several orders.
  case unclearDate(Cell)
  /// Columns have no value in any row.
  case noValues(columns: [String])
  /// Columns have too many different texts for categories.
  case freeTexts(columns: [FreeText])
  /// A field is a whole number that 64-bit floats cannot represent exactly.
  case inexact(line: Int, column: Int, name: String, text: String)
  /// A field has a value that its column does not declare.
  case notDeclared(line: Int, column: Int, name: String, text: String, declared: [String])
  /// A quoted field has no closing quote.
  case openQuote(line: Int)
  /// There is text between a closing quote and the next separator.
  case afterQuote(line: Int, column: Int)
  /// No column has this name or number.
  case noColumn(wanted: String, names: [String])
  /// Several columns have this name.
  case ambiguous(name: String, columns: [Int])
  /// A column is requested twice, for example as a target and as an ignored column.
  case chosenTwice(column: Int, name: String)
  /// A column has more categories than can become an input each.
  case manyCategories(column: String, count: Int, most: Int)
  /// A column of categories is no input.
  case notAnInput(column: Int, name: String)
  /// Every column is a target, a weight or ignored.
  case noFeatures(columns: Int)
  /// A line has several labels, or none, where one is needed.
  case labelCount(line: Int, found: Int)
  /// A line is malformed, or contradicts the options.
  case declaration(line: Int, reason: String)
  /// Two names or values have the same Unicode normal form but different bytes.
  case spelling(first: String, firstPlace: String, second: String, secondPlace: String)
  /// A field has a value that the training data did not have in this column.
  case unknownValue(line: Int, column: Int, name: String, text: String, known: [String])
  /// Input columns of the training data are missing.
  case missingInputs([String], names: [String])
  /// Target columns of the training data are missing.
  case missingTargets([String], names: [String])
  /// Columns are matched by name, but there is no header.
  case noHeader(wanted: [String])
  /// Columns are matched by position, but there are more or fewer of them.
  case columnCount(found: Int, wanted: Int, targets: Int)
  /// The commas of all numbers can be decimal marks or thousands separators.
  case unclearComma(line: Int, column: Int, name: String, text: String)
  /// Some numbers have decimal commas, others decimal points.
  case mixedDecimals(comma: Cell, point: Cell)

  /// A field and its position.
  public struct Cell: Sendable, Equatable {
    var line, column: Int
    var name, text: String
  }

  /// A column of texts that are hardly ever the same.
  public struct FreeText: Sendable, Equatable {
    var name: String
    var different, rows: Int
  }

  /// The problem, without the path.
  public var description: String {
    switch self {
    case .noRows: "there is no row of data; at least one is needed"
    case .fieldCount(let line, let found, let wanted):
      "line \(line) has \(found) \(found == 1 ? "field" : "fields"), but the lines before it "
        + "have \(wanted)"
    case .missing(let line, let column, let name, let remedy):
      "line \(line), \(Self.column(column, name)) has no value; "
        + (remedy.map { "\($0), or " } ?? "") + "fill it in or leave the row out"
    case .notNumber(let line, let column, let name, let text, let reason):
      "line \(line), \(Self.column(column, name)) is \(cited(text)), but a finite 32-bit "
        + "number is needed; \(reason ?? Self.notNumberAdvice)"
    case .notOfColumn(let line, let column, let name, let text, let wanted):
      "line \(line), \(Self.column(column, name)) is \(cited(text)), but the column contains "
        + "\(wanted)"
    case .unclearDate(let cell):
      "line \(cell.line), \(Self.column(cell.column, cell.name)) is \(cited(cell.text)): all dates "
        + "of the column can have the day or the month first; --date-order day_first or "
        + "--date-order month_first says which"
    case .noValues(let columns):
      "\(columns.count == 1 ? "the column" : "the columns") \(quoted(columns)) "
        + "\(columns.count == 1 ? "has" : "have") no value in any row to train on; leave "
        + "\(columns.count == 1 ? "it" : "them") out with --ignored-columns"
    case .freeTexts(let columns): Self.freeTexts(columns)
    case .inexact(let line, let column, let name, let text):
      "line \(line), \(Self.column(column, name)) is \(cited(text)), which 64-bit floats cannot "
        + "tell from its neighbours; subtract a constant or divide first, or leave the column out"
    case .notDeclared(let line, let column, let name, let text, let declared):
      "line \(line), \(Self.column(column, name)) is \(cited(text)), but the header declares "
        + "only \(listed(declared))"
    case .openQuote(let line): "line \(line) opens a quote that is never closed"
    case .afterQuote(let line, let column):
      "line \(line), column \(column) continues after its closing quote; write a quote inside a "
        + "quoted field twice"
    case .noColumn(let wanted, let names):
      "there is no column \(cited(wanted)); there are \(names.count): \(listed(names))"
    case .ambiguous(let name, let columns):
      "columns \(columns.map(String.init).joined(separator: " and ")) are "
        + "\(columns.count == 2 ? "both" : "all") named \(cited(name)); give the number of one, or "
        + "rename them"
    case .chosenTwice(let column, let name):
      "\(Self.column(column, name)) is requested twice, as a target, a weight or an ignored column"
    case .manyCategories(let column, let count, let most):
      "the column \(cited(column)) has \(count) categories, but at most \(most) can become an input "
        + "each; embed them with --embedding-above, or leave the column out with --ignored-columns"
    case .notAnInput(let column, let name):
      "\(Self.column(column, name)) is no input, so it has no effect in --category-columns; leave it "
        + "out there"
    case .noFeatures(let columns):
      "no column is left as an input: of \(columns), all are targets, weights or ignored"
    case .labelCount(let line, let found): "line \(line): \(found) labels, but one is needed"
    case .declaration(let line, let reason): "line \(line): \(reason)"
    case .spelling(let first, let firstPlace, let second, let secondPlace):
      "\(cited(first)) (\(firstPlace)) and \(cited(second)) (\(secondPlace)) look alike, but their "
        + "characters differ: \(scalars(first)) and \(scalars(second)); spell them alike, or "
        + "rename one"
    case .unknownValue(let line, let column, let name, let text, let known):
      "line \(line), \(Self.column(column, name)) is \(cited(text)), but the training data had "
        + "only \(listed(known))"
    case .missingInputs, .missingTargets, .noHeader, .columnCount: mismatch
    case .unclearComma(let line, let column, let name, let text):
      "line \(line), \(Self.column(column, name)) is \(cited(text)): all such commas can be "
        + "decimal marks or thousands separators; --decimal comma or --thousands comma says which"
    case .mixedDecimals(let comma, let point):
      "line \(comma.line), \(Self.column(comma.column, comma.name)) has a decimal comma "
        + "(\(cited(comma.text))), and line \(point.line), \(Self.column(point.column, point.name)) "
        + "a decimal point (\(cited(point.text))); write all numbers alike"
    }
  }

  /// The differences between the columns and those of the training data.
  private var mismatch: String {
    switch self {
    case .missingInputs(let missing, let names):
      "\(missing.count == 1 ? "the input column" : "the input columns") \(quoted(missing)) "
        + "\(missing.count == 1 ? "is" : "are") missing; there are \(names.count): \(listed(names))"
    case .missingTargets(let missing, let names):
      "\(missing.count == 1 ? "the target column" : "the target columns") \(quoted(missing)) "
        + "\(missing.count == 1 ? "is" : "are") missing; without targets there is nothing to "
        + "compare outputs with (lamina predict needs none); there are \(names.count): \(listed(names))"
    case .noHeader(let wanted):
      "the columns have no names, but those of the training data are matched by name; add a header "
        + "with \(listed(wanted))"
    case .columnCount(let found, let wanted, let targets):
      "there are \(found) columns, but the training data had \(wanted), \(targets) of them "
        + "\(targets == 1 ? "the target" : "targets"); columns without names are matched by "
        + "position"
    default: ""
    }
  }

  private static let notNumberAdvice =
    "mend it, leave the column out, or say with --category-columns that it contains categories"

  private static func freeTexts(_ columns: [FreeText]) -> String {
    let list = columns.prefix(12).map { "\(cited($0.name)) (\($0.different))" }
      .joined(separator: ", ")
    let more = columns.count > 12 ? " and \(columns.count - 12) more" : ""
    let rows = columns.first.map { "\($0.rows)" } ?? "all"
    return "\(columns.count == 1 ? "this column has" : "these columns have") too many different "
      + "texts in \(rows) rows to be categories: \(list)\(more); leave out what only names a row "
      + "with --ignored-columns, or say with --category-columns that the texts are categories"
  }

  private static func column(_ number: Int, _ name: String) -> String {
    name == "\(number)" ? "column \(number)" : "column \(number) (\(shortened(name)))"
  }
}

/// The characters of a short text: ASCII as it is, others by their code points.
private func scalars(_ text: String) -> String {
  text.unicodeScalars.prefix(24).map { scalar in
    scalar.isASCII
      ? shortened(String(scalar)) : "U+" + String(scalar.value, radix: 16, uppercase: true)
  }.joined(separator: " ")
}

/// A text from a file as shown in messages: shortened, in quotes, on one line.
func cited(_ text: String) -> String { "\"" + shortened(text) + "\"" }

/// A text from a file without control characters, shortened to 60 characters.
package func shortened(_ text: String) -> String {
  let visible = String(
    text.unicodeScalars.prefix(60).map { scalar -> Character in
      scalar.properties.generalCategory == .control ? " " : Character(scalar)
    })
  return text.unicodeScalars.count > 60 ? visible + "…" : visible
}

/// Names as shown in messages, each in quotes; at most twelve.
func quoted(_ names: [String]) -> String {
  let shown = names.prefix(12).map(cited).joined(separator: ", ")
  return names.count > 12 ? "\(shown) and \(names.count - 12) more" : shown
}

/// Names as shown in messages; at most twelve.
func listed(_ names: [String]) -> String {
  let shown = names.prefix(12).map(shortened).joined(separator: ", ")
  return names.count > 12 ? "\(shown) and \(names.count - 12) more" : shown
}
