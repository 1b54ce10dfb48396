import ArgumentParser
import LaminaData

/// The format of text files of data.
///
/// New data for a model need not have the format of its training data.
struct TextArguments: ParsableArguments {
  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Whether the first row of a table names its columns. (default: detected)")
  var header: Bool?

  @Option(
    """
    The column separator: comma, semicolon, tab, bar or blanks. (default: detected)
    """, value: "name") var separator: ColumnSeparator?

  @Option(
    """
    The encoding of text files, such as latin1, windows-1252 or utf-16. (default: utf-8)
    """, value: "name") var encoding: TextEncoding?

  @Option("The decimal mark of numbers: point or comma. (default: detected)", value: "name")
  var decimal: DecimalMark?

  @Option(
    "The thousands separator: comma, point, blank or apostrophe. (default: none)", value: "name")
  var thousands: ThousandsMark?

  @Option(
    """
    Whether to keep or ignore a first column that only counts or names the rows. (default: \
    detected)
    """, value: "name") var indexColumn: IndexColumn?

  /// Overrides `options` with the values that are given.
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

  /// Refuses options that have no effect on the data that a model is evaluated on.
  func check(areFor path: String) throws {
    guard isGiven, try !DataSource(path).isText else { return }
    throw InputError(
      "\(path) is not text, so options such as --encoding and --decimal have no effect; omit them")
  }
}
