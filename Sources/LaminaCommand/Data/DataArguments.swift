import ArgumentParser
import Lamina
import LaminaConfiguration
import LaminaData

/// How a data set is read, divided and scaled: `docs/data.md` has the rules.
struct DataArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      What is to be learned: classification, multi_label, regression or auto_encoding. \
      (default: what the targets are)
      """, valueName: "task"),
    transform: DataTask.init(parsing:))
  var task: DataTask?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The columns of a table that are targets, by name or number. (default: the last)",
      valueName: "columns"),
    transform: ColumnList.init(parsing:))
  var targetColumns: ColumnList?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The columns of a table that are neither inputs nor targets.", valueName: "columns"),
    transform: ColumnList.init(parsing:))
  var ignoredColumns: ColumnList?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The column of a table whose numbers multiply the losses of the examples.",
      valueName: "column"))
  var weightColumn: String?

  @OptionGroup var text: TextArguments

  @Option(
    help: ArgumentHelp(
      "The XML file that names the labels of ARFF files. (default: the one beside them)",
      valueName: "file"))
  var labelFile: String?

  @Option(
    help: ArgumentHelp(
      "The size that every picture is resampled to: height x width. (default: as they are)",
      valueName: "28x28"),
    transform: PictureSize.init(parsing:))
  var resize: PictureSize?

  @Option(help: ArgumentHelp("The validation part, of the same kind.", valueName: "path"))
  var validation: String?

  @Option(help: ArgumentHelp("The test part, of the same kind.", valueName: "path"))
  var test: String?

  @Option(
    parsing: .unconditional,
    help: "The share of the training examples that becomes the validation part.")
  var validationShare = 0.0

  @Option(
    parsing: .unconditional,
    help: "The share of all examples that becomes the test part, if there is none. (default: 0.2)")
  var testShare: Double?

  @Option(parsing: .unconditional, help: "Decides which examples go to which part.")
  var splitSeed: UInt64 = 1

  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Give each part the same share of each class.")
  var stratify = true

  @Option(
    help: ArgumentHelp(
      """
      How inputs are scaled, by the training part: none, unit, signed_unit, standard or min_max. \
      (default: signed_unit for bytes, standard for other numbers)
      """, valueName: "name"),
    transform: InputScaling.Method.init(parsing:))
  var scaling: InputScaling.Method?

  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Let the network find the numbers of a regression standardised. (default: it does)")
  var targetScaling: Bool?

  /// The options of the reader.
  var options: DataOptions {
    var options = DataOptions(
      task: task, targetColumns: targetColumns?.columns,
      ignoredColumns: ignoredColumns?.columns ?? [],
      weightColumn: weightColumn.map { ColumnReference($0) }, labelFile: labelFile,
      resize: resize?.size, validation: validation, test: test,
      validationShare: validationShare, testShare: testShare, splitSeed: splitSeed,
      stratify: stratify)
    text.apply(to: &options)
    return options
  }
}

/// Columns of a table, as `species,-1` writes them.
struct ColumnList: CustomStringConvertible {
  let description: String
  let columns: [ColumnReference]

  /// Reads what follows an option.
  init(parsing text: String) throws {
    description = text
    columns = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      ColumnReference(String(part.drop { $0 == " " }))
    }
    guard !columns.contains(where: { $0.text.isEmpty }) else {
      throw TextError("give names or numbers of columns with commas between them, such as id,-1")
    }
  }
}

/// The size of pictures, as `28x28` writes it.
struct PictureSize: CustomStringConvertible {
  let description: String
  let size: ImageSize

  /// Reads what follows an option.
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

extension TextEncoding {
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

extension RawRepresentable<String> where Self: CaseIterable {
  /// Reads one of the names; an unknown one is refused with the nearest.
  init(parsing text: String) throws {
    guard let value = Self(rawValue: text) else {
      throw TextError(
        "there is no '\(text)'"
          + NearestName.suggestion(for: text, among: Self.allCases.map(\.rawValue))
      )
    }
    self = value
  }
}
