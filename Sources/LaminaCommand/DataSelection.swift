import ArgumentParser
import Lamina
import LaminaData

/// Where examples come from: the built-in digits or a folder.
enum DataSelection: ExpressibleByArgument {
  case digits
  case folder(String)

  /// The seed of the built-in digits. It never varies: results stay comparable, and an evaluation
  /// sees digits that no training has seen.
  private static let digitsSeed: UInt64 = 1

  init?(argument: String) {
    guard !argument.isEmpty else { return nil }
    self = argument == "digits" ? .digits : .folder(argument)
  }

  /// What the user wrote.
  var name: String {
    switch self {
    case .digits: "digits"
    case .folder(let path): path
    }
  }

  /// Reads or draws the examples.
  func load() throws(DataError) -> DatasetSplit {
    switch self {
    case .digits: DatasetSplit.digits(seed: Self.digitsSeed)
    case .folder(let path): try DatasetSplit(folder: path)
    }
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
    return try examples(index..<index + 1)
  }

  /// The set that has only some of the examples.
  func examples(_ range: Range<Int>) throws(InputError) -> Dataset {
    let place = range.lowerBound * features..<range.upperBound * features
    let row: Inputs =
      switch inputs {
      case .bytes(let bytes): .bytes(Array(bytes[place]))
      case .floats(let floats): .floats(Array(floats[place]))
      }
    return Dataset(
      name: name, inputs: row,
      targets: .classes(Array(try labels()[range]), classNames: classNames), features: features,
      imageSize: imageSize)
  }
}
