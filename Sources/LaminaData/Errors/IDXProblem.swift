/// What is wrong with an IDX file.
public enum IDXProblem: Sendable, Equatable, CustomStringConvertible {
  /// The file does not start as IDX files do; `start` has its first bytes, at most four.
  case notIDX(start: [UInt8])
  /// The elements are of another type than is needed.
  case elementType(code: UInt8, use: IDXUse)
  /// The array has another number of dimensions than is needed.
  case rank(found: Int, use: IDXUse)
  /// The file ends inside the header; counts in bytes.
  case headerTruncated(wanted: Int, found: Int)
  /// The product of the dimensions does not fit an `Int`.
  case tooLarge(dimensions: [Int])
  /// The compressed file is too short for what its header promises; counts in elements.
  case cannotHold(wanted: Int, most: Int)
  /// The file ends before the last element; counts in elements.
  case truncated(wanted: Int, found: Int)
  /// The file goes on after the last element; counts in elements.
  case tooLong(wanted: Int, foundAtLeast: Int)

  /// The problem, without the path.
  public var description: String {
    switch self {
    case .notIDX(let start):
      "this is no IDX file: it starts with bytes \(start), and an IDX file of bytes with 0, 0, 8"
    case .elementType(let code, let use):
      "the elements are \(Self.typeName(of: code)), and \(Self.needed(for: use))"
    case .rank(let found, let use):
      switch use {
      case .examples: "the number of dimensions is \(found), and images have 3, rows of numbers 2"
      case .labels: "the number of dimensions is \(found), and labels have 1"
      }
    case .headerTruncated(let wanted, let found):
      "the file ends inside its header, after \(found) of \(wanted) bytes"
    case .tooLarge(let dimensions):
      "the header promises more elements than memory can number: "
        + dimensions.map(String.init).joined(separator: " x ")
    case .cannotHold(let wanted, let most):
      "the header promises \(wanted) elements, but so short a gzip file holds at most \(most)"
    case .truncated(let wanted, let found):
      "the file is truncated: the header promises \(wanted) elements and \(found) are there"
    case .tooLong(let wanted, let found):
      "the file is too long: the header promises \(wanted) elements and at least \(found) are there"
    }
  }

  private static func typeName(of code: UInt8) -> String {
    switch code {
    case 0x09: "signed bytes (type 9)"
    case 0x0b: "16-bit integers (type 11)"
    case 0x0c: "32-bit integers (type 12)"
    case 0x0d: "32-bit floats (type 13)"
    case 0x0e: "64-bit floats (type 14)"
    default: "of the unknown type \(code)"
    }
  }

  private static func needed(for use: IDXUse) -> String {
    switch use {
    case .examples: "inputs are read from unsigned bytes (type 8); save other numbers as NPY files"
    case .labels: "labels are integers (types 8, 9, 11 and 12)"
    }
  }
}
