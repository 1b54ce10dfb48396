/// What is wrong with an NPY file, or with arrays that should make a data set.
public enum ArrayProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file does not start as NPY files do.
  case notNPY
  /// The version of the format is not known.
  case version(found: UInt8)
  /// The file ends inside of its header.
  case headerTruncated
  /// The header is not the Python dictionary that it should be.
  case header(reason: String)
  /// The elements are of a type that is not read; `reason` says what they are and what to do.
  case elementType(String, reason: String?)
  /// A text of the array is no UTF-8 or UTF-32.
  case text(array: String, index: Int)
  /// A whole number of the inputs is none that 64-bit floats tell from its neighbours.
  case inexact(array: String, index: Int, number: String)
  /// The inputs are texts.
  case textInputs(array: String)
  /// The elements fill another number of bytes than the shape says.
  case size(shape: [Int], wanted: Int, found: Int)
  /// An element is infinite, no number, or beyond the range of a 32-bit float.
  case notFinite(array: String, index: Int)
  /// No array has one of the names that are needed.
  case missing(lookedFor: [String], found: [String])
  /// The inputs have no rows, or rows without numbers.
  case emptyInputs(array: String, shape: [Int])
  /// The targets are not one or more numbers for each row of the inputs.
  case targetShape(array: String, shape: [Int], rows: Int)

  /// The problem, without the path.
  public var description: String {
    switch self {
    case .notNPY: "this is no NPY array: it does not start with the byte 147 and NUMPY"
    case .version(let found): "the NPY format has version \(found), and 1 to 3 are read"
    case .headerTruncated: "the file ends inside of its header"
    case .header(let reason): "the header cannot be read: \(reason)"
    case .elementType(let type, let reason):
      "the elements have the type \(cited(type)): "
        + (reason ?? "only booleans, integers, floats and, as targets, texts are read")
    case .text(let array, let index):
      "\(array) has at index \(index) a text of bytes that are no characters of Unicode"
    case .inexact(let array, let index, let number):
      "\(array) has at index \(index) the number \(number), which 64-bit floats do not tell from its "
        + "neighbours; subtract a constant or divide first"
    case .textInputs(let array):
      "\(array) holds texts, and only numbers are inputs; give each value a column of 0 and 1"
    case .size(let shape, let wanted, let found):
      "the shape \(shape) needs \(wanted) bytes, and \(found) are there"
    case .notFinite(let array, let index):
      "\(array) has at index \(index) an element that is no finite 32-bit number"
    case .missing(let lookedFor, let found):
      "no array is named \(lookedFor.joined(separator: " or ")), and one of these is needed; "
        + "there are \(found.isEmpty ? "none" : listed(found))"
    case .emptyInputs(let array, let shape):
      "\(array) has the shape \(shape), and at least one row of one number is needed"
    case .targetShape(let array, let shape, let rows):
      "\(array) has the shape \(shape), and one or more numbers for each of \(rows) rows are needed"
    }
  }
}
