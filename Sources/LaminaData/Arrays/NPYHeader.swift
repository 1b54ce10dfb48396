/// The header of an NPY file: the type, order and shape of its elements.
struct NPYHeader {
  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  private static let highestRank = 32

  let type: NPYElementType
  let isBigEndian, isFortranOrder: Bool
  let shape: [Int]
  /// The product of the shape.
  let count: Int
  /// The length of the header, which is the offset of the first element.
  let length: Int

  init(_ bytes: [UInt8]) throws(ArrayProblem) {
    guard bytes.starts(with: Self.magic) else { throw .notNPY }
    guard bytes.count >= 10 else { throw .headerTruncated }
    let version = bytes[6]
    guard (1...3).contains(version) else { throw .version(found: version) }
    let sizeBytes = version == 1 ? 2 : 4
    guard bytes.count >= 8 + sizeBytes else { throw .headerTruncated }
    let size = (0..<sizeBytes).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
    let start = 8 + sizeBytes
    guard size <= bytes.count - start else { throw .headerTruncated }
    length = start + size
    var words = PythonDictionary(bytes[start..<length])
    let entries = try words.entries()
    guard case .text(let name)? = entries["descr"] else {
      throw .header(reason: "'descr' must be a string that names one type for all elements")
    }
    guard case .boolean(let isFortranOrder)? = entries["fortran_order"] else {
      throw .header(reason: "'fortran_order' must be True or False")
    }
    guard case .tuple(let shape)? = entries["shape"] else {
      throw .header(reason: "'shape' must be a tuple of whole numbers")
    }
    let (type, isBigEndian) = try NPYElementType.named(name)
    self.isFortranOrder = isFortranOrder
    self.shape = shape
    self.type = type
    self.isBigEndian = isBigEndian
    count = try Self.count(of: shape, elementSize: type.size)
  }

  /// The header of `rows` rows of the same array, whose elements follow at once.
  func rows(_ rows: Int) -> NPYHeader {
    NPYHeader(self, shape: [rows] + shape.dropFirst())
  }

  private init(_ header: NPYHeader, shape: [Int]) {
    (type, isBigEndian, isFortranOrder) = (header.type, header.isBigEndian, header.isFortranOrder)
    self.shape = shape
    count = shape.reduce(1, *)
    length = 0
  }

  private static func count(of shape: [Int], elementSize: Int) throws(ArrayProblem) -> Int {
    guard shape.count <= highestRank else {
      throw .header(reason: "\(shape.count) dimensions exceed the limit of \(highestRank)")
    }
    // The number of bytes must fit too.
    guard ([max(8, elementSize)] + shape).product != nil else {
      throw .header(reason: "the shape \(shape) has more elements than memory can hold")
    }
    return shape.reduce(1, *)
  }
}

/// Reads the literal of a Python dictionary of strings, booleans and tuples of whole numbers.
private struct PythonDictionary {
  enum Value {
    case text(String)
    case boolean(Bool)
    case tuple([Int])
  }

  private var rest: ArraySlice<UInt8>

  init(_ text: ArraySlice<UInt8>) { rest = text }

  mutating func entries() throws(ArrayProblem) -> [String: Value] {
    var entries: [String: Value] = [:]
    try expect("{")
    while !skip("}") {
      let key = try text()
      try expect(":")
      guard entries.updateValue(try value(), forKey: key) == nil else {
        throw .header(reason: "'\(shortened(key))' occurs twice")
      }
      if !skip(",") {
        try expect("}")
        break
      }
    }
    return entries
  }

  private mutating func value() throws(ArrayProblem) -> Value {
    if skip("True") { return .boolean(true) }
    if skip("False") { return .boolean(false) }
    guard skip("(") else { return .text(try text()) }
    var numbers: [Int] = []
    while !skip(")") {
      numbers.append(try number())
      if !skip(",") {
        try expect(")")
        break
      }
    }
    return .tuple(numbers)
  }

  private mutating func text() throws(ArrayProblem) -> String {
    skipBlanks()
    guard let quote = rest.first, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""),
      let end = rest.dropFirst().firstIndex(of: quote)
    else { throw .header(reason: "expected a string, found \(next)") }
    defer { rest = rest[(end + 1)...] }
    return String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self)
  }

  private mutating func number() throws(ArrayProblem) -> Int {
    skipBlanks()
    let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard let number = Int(String(decoding: digits, as: UTF8.self)) else {
      throw .header(reason: "expected a whole number, found \(next)")
    }
    rest = rest[digits.endIndex...]
    return number
  }

  private mutating func expect(_ word: String) throws(ArrayProblem) {
    guard skip(word) else { throw .header(reason: "expected \(word), found \(next)") }
  }

  private mutating func skip(_ word: String) -> Bool {
    skipBlanks()
    guard rest.starts(with: word.utf8) else { return false }
    rest = rest.dropFirst(word.utf8.count)
    return true
  }

  private mutating func skipBlanks() {
    rest = rest.drop { $0 == 32 || $0 == 10 || $0 == 9 }
  }

  private var next: String {
    rest.isEmpty ? "nothing" : cited(String(decoding: rest.prefix(20), as: UTF8.self))
  }
}

extension NPYHeader {
  /// The length of the headers that this program writes, of version 1.0.
  static let usualLength = 128

  /// The header of an array in C order; `type` is a name such as `<f4`.
  static func bytes(type: String, shape: [Int]) -> [UInt8] {
    let sizes = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    let text = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(sizes)), }"
    let start = magic + [1, 0]
    let length = usualLength - start.count - 2
    let padding = [UInt8](repeating: 32, count: max(0, length - text.utf8.count - 1))
    return start + [UInt8(length & 0xff), UInt8(length >> 8)] + Array(text.utf8) + padding + [10]
  }
}
