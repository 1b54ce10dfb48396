/// What is wrong with a safetensors file, or with tensors that are to become one.
///
/// Counts and offsets are in bytes; `tensor` is the name of a tensor.
public enum SafetensorsProblem: Error, Equatable, CustomStringConvertible {
  /// The file is shorter than the 8 bytes of the header's length.
  case noHeader(length: Int)
  /// The header is longer than is allowed.
  case headerTooLong(length: UInt64, limit: Int)
  /// The file ends inside the header.
  case headerTruncated(wanted: Int, found: Int)
  /// The header does not start with `{`; `byte` is what it starts with.
  case headerStart(byte: UInt8)
  /// The header is not the JSON that the format allows.
  case json(reason: String, offset: Int)
  /// The metadata are not an object of strings.
  case metadata
  /// There are more tensors than are allowed.
  case tooManyTensors(count: Int, limit: Int)
  /// A tensor's entry does not have just `dtype`, `shape` and `data_offsets`.
  case entry(tensor: String)
  /// The elements are not 32-bit floats.
  case elementType(tensor: String, found: String)
  /// A tensor has more dimensions than are allowed.
  case rank(tensor: String, found: Int, limit: Int)
  /// The size of a tensor does not fit an `Int`.
  case shapeTooLarge(tensor: String, shape: [Int])
  /// The offsets of a tensor go backwards.
  case offsets(tensor: String, begin: Int, end: Int)
  /// The offsets of a tensor do not enclose as much as its shape needs.
  case size(tensor: String, shape: [Int], wanted: Int, found: Int)
  /// A tensor begins before its predecessor ends.
  case overlap(tensor: String, begin: Int, expected: Int)
  /// Bytes before a tensor belong to no tensor.
  case hole(tensor: String, begin: Int, expected: Int)
  /// The file is longer or shorter than the header and its tensors.
  case fileLength(wanted: Int, found: Int)
  /// Two tensors have the same name.
  case duplicate(tensor: String)
  /// A tensor has a name that the format keeps for itself.
  case reservedName(tensor: String)
  /// A tensor has another number of values than its shape says.
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
      "this is no safetensors file: it has \(length) bytes, and the length of the header takes 8"
    case .headerTooLong(let length, let limit):
      "the header would have \(length) bytes, and at most \(limit) are allowed"
    case .headerTruncated(let wanted, let found):
      "the file ends inside its header, after \(found) of \(wanted) bytes"
    case .headerStart(let byte):
      "the header starts with byte \(byte), and a safetensors header starts with { (123)"
    case .json(let reason, let offset):
      "the header is not JSON as safetensors has it: \(reason) at byte \(offset) of the header"
    case .metadata: "__metadata__ must be an object whose values are strings"
    case .fileLength(let wanted, let found):
      "the header describes a file of \(wanted) bytes, and the file has \(found)"
    case .tooManyTensors(let count, let limit):
      "there are \(count) tensors, and at most \(limit) are allowed"
    default: ""
    }
  }

  private var tensorDescription: String {
    switch self {
    case .entry(let tensor):
      "\(tensor) must have just dtype (a string), shape (whole numbers) and data_offsets (two)"
    case .elementType(let tensor, let found):
      "\(tensor) has elements of type \(found), and only F32 is read"
    case .rank(let tensor, let found, let limit):
      "\(tensor) has \(found) dimensions, and at most \(limit) are allowed"
    case .shapeTooLarge(let tensor, let shape):
      "\(tensor) has the shape \(shape), which is more than memory can number"
    case .offsets(let tensor, let begin, let end):
      "\(tensor) begins at \(begin), after its end at \(end), and should begin before it"
    case .size(let tensor, let shape, let wanted, let found):
      "\(tensor) has \(found) bytes, and its shape \(shape) needs \(wanted)"
    case .overlap(let tensor, let begin, let expected):
      "\(tensor) begins at \(begin), inside another tensor, which ends at \(expected)"
    case .hole(let tensor, let begin, let expected):
      "\(tensor) begins at \(begin), and the bytes from \(expected) on belong to no tensor"
    case .duplicate(let tensor): "two tensors are named \(tensor); each needs its own name"
    case .reservedName(let tensor): "no tensor can be named \(tensor); the format keeps this name"
    case .valueCount(let tensor, let shape, let found):
      "\(tensor) has \(found) values, which do not fill its shape \(shape)"
    default: ""
    }
  }
}
