/// A problem with a safetensors file, or with tensors to be written as one.
///
/// Lengths and offsets are in bytes; `tensor` is the name of a tensor.
public enum SafetensorsProblem: Error, Equatable, CustomStringConvertible {
  /// The file is shorter than the 8 bytes that give the length of the header.
  case noHeader(length: Int)
  /// The header exceeds the limit.
  case headerTooLong(length: UInt64, limit: Int)
  /// The file ends inside the header.
  case headerTruncated(wanted: Int, found: Int)
  /// The header starts with `byte` instead of `{`.
  case headerStart(byte: UInt8)
  /// The header is not JSON as the format requires.
  case json(reason: String, offset: Int)
  /// The metadata are not an object of strings.
  case metadata
  /// The number of tensors exceeds the limit.
  case tooManyTensors(count: Int, limit: Int)
  /// A tensor's entry does not have exactly `dtype`, `shape` and `data_offsets`.
  case entry(tensor: String)
  /// The elements are not floats of 16, 32 or 64 bits.
  case elementType(tensor: String, found: String)
  /// A number of 64 bits exceeds the range of 32-bit floats.
  case valueTooLarge(tensor: String, index: Int, value: String)
  /// The number of dimensions of a tensor exceeds the limit.
  case rank(tensor: String, found: Int, limit: Int)
  /// The size of a tensor does not fit an `Int`.
  case shapeTooLarge(tensor: String, shape: [Int])
  /// A tensor ends before it begins.
  case offsets(tensor: String, begin: Int, end: Int)
  /// The offsets of a tensor do not match the size of its shape.
  case size(tensor: String, shape: [Int], wanted: Int, found: Int)
  /// A tensor begins before its predecessor ends.
  case overlap(tensor: String, begin: Int, expected: Int)
  /// Bytes before a tensor belong to no tensor.
  case hole(tensor: String, begin: Int, expected: Int)
  /// The file is longer or shorter than the header and its tensors.
  case fileLength(wanted: Int, found: Int)
  /// Two tensors have the same name.
  case duplicate(tensor: String)
  /// A tensor has a name that the format reserves.
  case reservedName(tensor: String)
  /// The number of values of a tensor does not match its shape.
  case valueCount(tensor: String, shape: [Int], found: Int)

  /// The problem, without the path.
  public var description: String {
    switch self {
    case .noHeader, .headerTooLong, .headerTruncated, .headerStart, .json, .metadata,
      .fileLength, .tooManyTensors:
      headerDescription
    default: tensorDescription
    }
  }

  private var headerDescription: String {
    switch self {
    case .noHeader(let length):
      "this is not a safetensors file: it has \(length) bytes, but the length of the header takes 8"
    case .headerTooLong(let length, let limit):
      "the header has \(length) bytes, but at most \(limit) are allowed"
    case .headerTruncated(let wanted, let found):
      "the file ends inside its header, after \(found) of \(wanted) bytes"
    case .headerStart(let byte):
      "the header starts with byte \(byte), but a safetensors header starts with { (123)"
    case .json(let reason, let offset):
      "the header is not JSON as safetensors requires: \(reason) at byte \(offset) of the header"
    case .metadata: "__metadata__ must be an object whose values are strings"
    case .fileLength(let wanted, let found):
      "the header describes a file of \(wanted) bytes, but the file has \(found)"
    case .tooManyTensors(let count, let limit):
      "there are \(count) tensors, but at most \(limit) are allowed"
    default: ""
    }
  }

  private var tensorDescription: String {
    switch self {
    case .entry(let tensor):
      "\(tensor) must have exactly dtype (a string), shape (whole numbers) and data_offsets (two)"
    case .elementType(let tensor, let found):
      "\(tensor) has elements of type \(found), but only F32, F64, F16 and BF16 are "
        + "supported"
    case .valueTooLarge(let tensor, let index, let value):
      "\(tensor) has the value \(value) at index \(index), which exceeds the range of 32-bit "
        + "floats, \(Float.greatestFiniteMagnitude)"
    case .rank(let tensor, let found, let limit):
      "\(tensor) has \(found) dimensions, but at most \(limit) are allowed"
    case .shapeTooLarge(let tensor, let shape):
      "\(tensor) has the shape \(shape), which exceeds the address space"
    case .offsets(let tensor, let begin, let end):
      "\(tensor) begins at \(begin), after its end at \(end)"
    case .size(let tensor, let shape, let wanted, let found):
      "\(tensor) has \(found) bytes, but its shape \(shape) needs \(wanted)"
    case .overlap(let tensor, let begin, let expected):
      "\(tensor) begins at \(begin), inside another tensor, which ends at \(expected)"
    case .hole(let tensor, let begin, let expected):
      "\(tensor) begins at \(begin), so the bytes from \(expected) on belong to no tensor"
    case .duplicate(let tensor): "two tensors are named \(tensor); each needs its own name"
    case .reservedName(let tensor): "no tensor can be named \(tensor), which the format reserves"
    case .valueCount(let tensor, let shape, let found):
      "\(tensor) has \(found) values, which do not fill its shape \(shape)"
    default: ""
    }
  }
}
