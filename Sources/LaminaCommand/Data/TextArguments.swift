import ArgumentParser
import LaminaData

/// How text files of data are written: for a training, and for new data of a model, which need not be
/// written as those of its training were.
struct TextArguments: ParsableArguments {
  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Whether the first row of a table names its columns. (default: found out)")
  var header: Bool?

  @Option(
    help: ArgumentHelp(
      """
      What stands between columns: comma, semicolon, tab, bar or blanks. (default: found out)
      """, valueName: "name"),
    transform: ColumnSeparator.init(parsing:))
  var separator: ColumnSeparator?

  @Option(
    help: ArgumentHelp(
      """
      The encoding of text files, such as latin1, windows-1252 or utf-16. (default: utf-8)
      """, valueName: "name"),
    transform: TextEncoding.init(parsing:))
  var encoding: TextEncoding?

  @Option(
    help: ArgumentHelp(
      "The decimal mark of numbers: point or comma. (default: found out)", valueName: "name"),
    transform: DecimalMark.init(parsing:))
  var decimal: DecimalMark?

  @Option(
    help: ArgumentHelp(
      "The mark between thousands: comma, point, blank or apostrophe. (default: none)",
      valueName: "name"),
    transform: ThousandsMark.init(parsing:))
  var thousands: ThousandsMark?

  @Option(
    help: ArgumentHelp(
      """
      What becomes of a first column that only counts or names the rows: keep or ignore. (default: \
      it is left out where it has no other name)
      """, valueName: "name"),
    transform: IndexColumn.init(parsing:))
  var indexColumn: IndexColumn?

  /// Puts what is given in the place of what `options` say.
  func apply(to options: inout DataOptions) {
    options.header = header ?? options.header
    options.separator = separator ?? options.separator
    options.encoding = encoding ?? options.encoding
    options.decimal = decimal ?? options.decimal
    options.thousands = thousands ?? options.thousands
    options.indexColumn = indexColumn ?? options.indexColumn
  }

  /// Whether anything is given.
  var isGiven: Bool {
    header != nil || separator != nil || encoding != nil || decimal != nil || thousands != nil
      || indexColumn != nil
  }

  /// Refuses what would have no effect on the data that a model is measured with.
  func check(areFor path: String) throws {
    guard isGiven, try !DataSource(path).isText else { return }
    throw InputError(
      "\(path) is no text, so options such as --encoding and --decimal have no effect; leave them out"
    )
  }
}
