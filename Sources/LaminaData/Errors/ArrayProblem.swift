/// A problem with an NPY file, or with the arrays of a data set.
public enum ArrayProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file does not start with NPY's magic bytes.
  case notNPY
  /// The version of the format is unknown.
  case version(found: UInt8)
  /// The file ends inside its header.
  case headerTruncated
  /// The header is not the expected Python dictionary.
  case header(reason: String)
  /// The element type is not supported; `reason` says what it is and what to do.
  case elementType(String, reason: String?)
  /// A text of the array is not valid UTF-8 or UTF-32.
  case text(array: String, index: Int)
  /// A whole number of the inputs cannot be represented exactly by 64-bit floats.
  case inexact(array: String, index: Int, number: String)
  /// The inputs are texts.
  case textInputs(array: String)
  /// The size of the elements in bytes does not match the shape.
  case size(shape: [Int], wanted: Int, found: Int)
  /// An element is infinite, NaN or beyond the range of a 32-bit float.
  case notFinite(array: String, index: Int)
  /// No array has any of the required names.
  case missing(lookedFor: [String], found: [String])
  /// The inputs have no rows, or rows without numbers.
  case emptyInputs(array: String, shape: [Int])
  /// The targets are not one or more values for each row of the inputs.
  case targetShape(array: String, shape: [Int], rows: Int)

  /// The problem, without the path.
  public var description: String {
    switch self {
    case .notNPY: "this is not an NPY array: it does not start with the byte 147 and NUMPY"
    case .version(let found): "the NPY format has version \(found), but only 1 to 3 are supported"
    case .headerTruncated: "the file ends inside its header"
    case .header(let reason): "the header cannot be read: \(reason)"
    case .elementType(let type, let reason):
      "the elements have the type \(cited(type)): "
        + (reason ?? "only booleans, integers, floats and, as targets, texts are supported")
    case .text(let array, let index):
      "\(array) has a text at index \(index) whose bytes are not valid Unicode"
    case .inexact(let array, let index, let number):
      "\(array) has the number \(number) at index \(index), which 64-bit floats cannot tell from "
        + "its neighbours; subtract a constant or divide first"
    case .textInputs(let array):
      "\(array) contains texts, but inputs must be numbers; give each value a column of 0 and 1"
    case .size(let shape, let wanted, let found):
      "the shape \(shape) needs \(wanted) bytes, but there are \(found)"
    case .notFinite(let array, let index):
      "\(array) has an element at index \(index) that is not a finite 32-bit number"
    case .missing(let lookedFor, let found):
      "no array is named \(lookedFor.joined(separator: " or ")), but one of these is needed; "
        + "there are \(found.isEmpty ? "none" : listed(found))"
    case .emptyInputs(let array, let shape):
      "\(array) has the shape \(shape), but at least one row with one number is needed"
    case .targetShape(let array, let shape, let rows):
      "\(array) has the shape \(shape), but one or more values for each of \(rows) rows are needed"
    }
  }
}
