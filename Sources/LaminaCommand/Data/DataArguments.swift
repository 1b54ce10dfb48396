import ArgumentParser
import Lamina
import LaminaConfiguration
import LaminaData

/// The options for reading, splitting and scaling a data set. `docs/data.md` has the rules.
struct DataArguments: ParsableArguments {
  @OptionGroup var reading: ReadingArguments

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

  /// The task, if it is given.
  var task: DataTask? { reading.task }

  /// The options for reading the data.
  var options: DataOptions { reading.options }
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
