/// What the elements of an NPY array are.
enum NPYElementType: Equatable {
  case bool
  case integer(bytes: Int, isSigned: Bool)
  case float(bytes: Int)
  /// So many characters, of one byte (`S`, UTF-8) or four (`U`, UTF-32).
  case text(length: Int, characterBytes: Int)

  /// Bytes of an element.
  var size: Int {
    switch self {
    case .bool: 1
    case .integer(let bytes, _), .float(let bytes): bytes
    case .text(let length, let characterBytes): length * characterBytes
    }
  }

  /// Reads a name such as `<f4`; throws for types that are none of numbers and texts.
  static func named(_ name: String) throws(ArrayProblem) -> (NPYElementType, isBigEndian: Bool) {
    guard let order = name.first, "<>|=".contains(order), let kind = name.dropFirst().first else {
      throw .elementType(name, reason: nil)
    }
    guard let size = NumberText.integer(String(name.dropFirst(2))), size >= 0 else {
      throw .elementType(name, reason: reasons[kind])
    }
    return (try type(kind, size, name), order == ">")
  }

  private static func type(
    _ kind: Character, _ size: Int, _ name: String
  ) throws(ArrayProblem) -> NPYElementType {
    switch (kind, size) {
    case ("b", 1): .bool
    case ("i", 1), ("i", 2), ("i", 4), ("i", 8): .integer(bytes: size, isSigned: true)
    case ("u", 1), ("u", 2), ("u", 4), ("u", 8): .integer(bytes: size, isSigned: false)
    case ("f", 2), ("f", 4), ("f", 8): .float(bytes: size)
    // Longer ones could have more bytes in all than memory can number.
    case ("U", 1...0xffff): .text(length: size, characterBytes: 4)
    case ("S", 1...0xffff): .text(length: size, characterBytes: 1)
    default: throw .elementType(name, reason: reasons[kind])
    }
  }

  /// Why the other types of numpy are not read, and what to do.
  private static let reasons: [Character: String] = [
    "c": "complex numbers; save real and imaginary parts as columns of their own",
    "O": "Python objects, which only Python can read; save it with a type of numbers or as text, "
      + "such as y.astype(str)",
    "M": "dates; save them as numbers", "m": "spans of time; save them as numbers",
    "V": "records of several fields; save each field as an array of its own",
    "f": "floats of this size; save them as float64",
  ]
}
