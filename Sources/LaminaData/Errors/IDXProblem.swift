/// A problem with an IDX file.
public enum IDXProblem: Sendable, Equatable, CustomStringConvertible {
  /// The file does not start like an IDX file; `start` has its first bytes, at most four.
  case notIDX(start: [UInt8])
  /// The element type is not the required one.
  case elementType(code: UInt8, use: IDXUse)
  /// The number of dimensions is not the required one.
  case rank(found: Int, use: IDXUse)
  /// The file ends inside the header; lengths are in bytes.
  case headerTruncated(wanted: Int, found: Int)
  /// The product of the dimensions does not fit an `Int`.
  case tooLarge(dimensions: [Int])
  /// The compressed file is too short for the elements that its header declares; counts are in
  /// elements.
  case cannotHold(wanted: Int, most: Int)
  /// The file ends before the last element; counts are in elements.
  case truncated(wanted: Int, found: Int)
  /// The file continues after the last element; counts are in elements.
  case tooLong(wanted: Int, foundAtLeast: Int)

  /// The problem, without the path.
  public var description: String {
    switch self {
    case .notIDX(let start):
      "this is not an IDX file: it starts with bytes \(start), but an IDX file of bytes starts "
        + "with 0, 0, 8"
    case .elementType(let code, let use):
      "the elements are \(Self.typeName(of: code)); \(Self.needed(for: use))"
    case .rank(let found, let use):
      switch use {
      case .examples:
        "the number of dimensions is \(found), but images have 3 and rows of numbers 2"
      case .labels: "the number of dimensions is \(found), but labels have 1"
      }
    case .headerTruncated(let wanted, let found):
      "the file ends inside its header, after \(found) of \(wanted) bytes"
    case .tooLarge(let dimensions):
      "the header declares more elements than memory can hold: "
        + dimensions.map(String.init).joined(separator: " x ")
    case .cannotHold(let wanted, let most):
      "the header declares \(wanted) elements, but a gzip file of this length has at most \(most)"
    case .truncated(let wanted, let found):
      "the file is truncated: the header declares \(wanted) elements, but there are \(found)"
    case .tooLong(let wanted, let found):
      "the file is too long: the header declares \(wanted) elements, but there are at least "
        + "\(found)"
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
    case .examples: "inputs must be unsigned bytes (type 8); save other numbers as NPY files"
    case .labels: "labels must be integers (types 8, 9, 11 and 12)"
    }
  }
}
