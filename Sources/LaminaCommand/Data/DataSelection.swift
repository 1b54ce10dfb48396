import ArgumentParser
import Lamina
import LaminaData

/// The data set that the command line names.
struct DataSelection: ExpressibleByArgument {
  /// The built-in digits.
  static let digits = DataSelection(source: DataSource(DataSource.digits))
  static let help = """
    The data set: a table, arrays, a folder of pictures or IDX files (docs/data.md), or a built-in \
    one: \(DrawnData.allCases.map(\.rawValue).joined(separator: ", ")).
    """
  static let valueName = "path|digits"

  /// The path, and the options for reading it.
  var source: DataSource

  /// The text that the user gave.
  var name: String { source.path }

  /// Reads or generates the examples.
  func load() throws(DataError) -> DatasetSplit { try source.load() }
}

extension DataSelection {
  init?(argument: String) {
    guard !argument.isEmpty else { return nil }
    source = DataSource(argument)
  }
}

extension Dataset {
  /// The names of the classes; empty if the targets are not classes.
  var classNames: [String] {
    if case .classes(_, let names) = targets { names } else { [] }
  }

  /// The class of each example.
  func labels() throws(InputError) -> [Int32] {
    guard case .classes(let labels, _) = targets else {
      throw InputError("\(name) has no classes, which this command needs")
    }
    return labels
  }

  /// A data set with only the example at `index`.
  func example(at index: Int) throws(InputError) -> Dataset {
    guard (0..<count).contains(index) else {
      throw InputError(
        "there is no example \(index): \(name) has \(count), numbered from 0 to \(count - 1)")
    }
    return examples([index])
  }
}
