/// The element type of an NPY array.
enum NPYElementType: Equatable {
  case bool
  case integer(bytes: Int, isSigned: Bool)
  case float(bytes: Int)
  /// Text of `length` characters, each of one byte (`S`, UTF-8) or four (`U`, UTF-32).
  case text(length: Int, characterBytes: Int)

  /// The size of an element in bytes.
  var size: Int {
    switch self {
    case .bool: 1
    case .integer(let bytes, _), .float(let bytes): bytes
    case .text(let length, let characterBytes): length * characterBytes
    }
  }

  /// Parses a name such as `<f4`; throws for types other than numbers and texts.
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
    // The total size of longer texts could exceed the address space.
    case ("U", 1...0xffff): .text(length: size, characterBytes: 4)
    case ("S", 1...0xffff): .text(length: size, characterBytes: 1)
    default: throw .elementType(name, reason: reasons[kind])
    }
  }

  /// The reason why each other type of numpy is not read, and the remedy.
  private static let reasons: [Character: String] = [
    "c": "complex numbers; save real and imaginary parts as columns of their own",
    "O": "Python objects, which only Python can read; save it with a type of numbers or as text, "
      + "such as y.astype(str)",
    "M": "dates; save them as numbers", "m": "spans of time; save them as numbers",
    "V": "records of several fields; save each field as an array of its own",
    "f": "floats of this size; save them as float64",
  ]
}
