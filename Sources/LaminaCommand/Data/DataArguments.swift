import ArgumentParser
import Lamina
import LaminaConfiguration
import LaminaData

/// The options for reading, splitting and scaling a data set. `docs/data.md` has the rules.
struct DataArguments: ParsableArguments {
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

  @Option(
    """
    The scaling of the inputs, fitted to the training part: none, unit, signed_unit, standard or \
    min_max. (default: signed_unit for bytes, standard for other numbers)
    """, value: "name") var scaling: InputScaling.Method?

  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: """
      Train a regression on standardised targets. (default: yes, unless the loss takes \
      probabilities)
      """) var targetScaling: Bool?

  /// The options for reading the data.
  var options: DataOptions {
    var options = DataOptions(
      task: task, targetColumns: targetColumns?.columns,
      ignoredColumns: ignoredColumns?.columns ?? [],
      weightColumn: weightColumn.map { ColumnReference($0) }, labelFile: labelFile,
      resize: resize?.size, validation: validation, test: test, validationShare: validationShare,
      testShare: testShare, splitSeed: splitSeed, stratify: stratify)
    text.apply(to: &options)
    return options
  }
}

/// Columns of a table, written as `species,-1`.
struct ColumnList: OptionValue, CustomStringConvertible {
  let description: String
  let columns: [ColumnReference]

  init(parsing text: String) throws {
    description = text
    columns = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      ColumnReference(String(part.drop { $0 == " " }))
    }
    guard !columns.contains(where: { $0.text.isEmpty }) else {
      throw TextError("give names or numbers of columns, separated by commas, such as id,-1")
    }
  }
}

/// The size of pictures, written as `28x28`.
struct PictureSize: OptionValue, CustomStringConvertible {
  let description: String
  let size: ImageSize

  init(parsing text: String) throws {
    let sides = text.lowercased().split(separator: "x", omittingEmptySubsequences: false)
      .map { Int($0) ?? 0 }
    guard sides.count == 2, let height = sides.first, let width = sides.last, height > 0, width > 0
    else {
      throw TextError("give height and width in pixels with an x between them, such as 28x28")
    }
    description = text
    size = ImageSize(height: height, width: width)
  }
}

extension TextEncoding: OptionValue {
  /// Reads the name of an encoding that the system knows.
  init(parsing name: String) throws {
    guard let encoding = TextEncoding(name) else {
      throw TextError(
        "there is no encoding '\(name)'; utf-8, latin1, windows-1252, utf-16 and all that iconv -l "
          + "lists are known")
    }
    self = encoding
  }
}
