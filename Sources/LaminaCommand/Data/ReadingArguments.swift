import ArgumentParser
import Lamina
import LaminaConfiguration
import LaminaData

/// The options for reading and splitting a data set. `docs/data.md` has the rules.
struct ReadingArguments: ParsableArguments {
  @Option(
    """
    The task: classification, multi_label, regression or auto_encoding. (default: detected from \
    the targets)
    """, value: "task") var task: DataTask?

  @Option(
    "The target columns of a table, by name or number. (default: the last)", value: "columns",
    parsing: .unconditional) var targetColumns: ColumnList?

  @Option(
    "The columns of a table that are neither inputs nor targets.", value: "columns",
    parsing: .unconditional) var ignoredColumns: ColumnList?

  @Option(
    "The column of a table that multiplies the losses of the examples.", value: "column",
    parsing: .unconditional) var weightColumn: String?

  @OptionGroup var columns: ColumnArguments

  @OptionGroup var text: TextArguments

  @Option(
    "The XML file that names the label columns of ARFF files. (default: the file beside them)",
    value: "file") var labelFile: String?

  @Option(
    "Resample all pictures to this size, height x width. (default: keep their size)",
    value: "28x28")
  var resize: PictureSize?

  @Option("The path of the validation part, of the same kind as --data.", value: "path")
  var validation: String?

  @Option("The path of the test part, of the same kind as --data.", value: "path") var test: String?

  @Option(
    parsing: .unconditional,
    help: "The share of the training examples that becomes the validation part.")
  var validationShare = 0.0

  @Option(
    parsing: .unconditional,
    help: "The share of all examples that becomes the test part, if there is none. (default: 0.2)")
  var testShare: Double?

  @Option(parsing: .unconditional, help: "The seed that decides which examples go to which part.")
  var splitSeed: UInt64 = 1

  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Give each part the same share of each class.") var stratify = true

  /// The options for reading the data.
  var options: DataOptions {
    var options = ownOptions
    text.apply(to: &options)
    return options
  }

  /// The options that are not about the format of text, which new data for a model may change.
  var ownOptions: DataOptions {
    var options = DataOptions(
      task: task, targetColumns: targetColumns?.columns,
      ignoredColumns: ignoredColumns?.columns ?? [],
      weightColumn: weightColumn.map { ColumnReference($0) }, labelFile: labelFile,
      resize: resize?.size, validation: validation, test: test, validationShare: validationShare,
      testShare: testShare, splitSeed: splitSeed, stratify: stratify)
    columns.apply(to: &options)
    return options
  }
}
