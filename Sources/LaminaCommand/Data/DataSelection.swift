import ArgumentParser
import Lamina
import LaminaData

/// Where examples come from, as the command line names it.
struct DataSelection: ExpressibleByArgument {
  /// The built-in digits.
  static let digits = DataSelection(source: DataSource(DataSource.digits))
  static let help =
    """
    The data set: a table, arrays, a folder of pictures or IDX files (docs/data.md), or one that is \
    drawn: \(DrawnData.allCases.map(\.rawValue).joined(separator: ", ")).
    """
  static let valueName = "path|digits"

  /// How the path is read.
  var source: DataSource

  /// What the user wrote.
  var name: String { source.path }

  /// Reads or draws the examples.
  func load() throws(DataError) -> DatasetSplit { try source.load() }
}

extension DataSelection {
  init?(argument: String) {
    guard !argument.isEmpty else { return nil }
    source = DataSource(argument)
  }
}

extension Dataset {
  /// The names of the classes; empty where the targets are numbers.
  var classNames: [String] {
    if case .classes(_, let names) = targets { names } else { [] }
  }

  /// The class of each example.
  func labels() throws(InputError) -> [Int32] {
    guard case .classes(let labels, _) = targets else {
      throw InputError("\(name) has no classes, and only classes are reported")
    }
    return labels
  }

  /// The set that has only the example at `index`.
  func example(at index: Int) throws(InputError) -> Dataset {
    guard (0..<count).contains(index) else {
      throw InputError(
        "there is no example \(index): \(name) has \(count), numbered from 0 to \(count - 1)")
    }
    return examples([index])
  }
}
