/// The subset of JSON in a safetensors header: objects, arrays, strings and whole numbers from 0
/// on.
enum StrictJSON: Equatable {
  case object([Member])
  case array([StrictJSON])
  case string(String)
  case integer(Int)

  /// A name of an object and its value. Names are unique within an object.
  struct Member: Equatable {
    let name: String
    let value: StrictJSON
  }
}

/// The reason why a text is not ``StrictJSON``.
struct StrictJSONError: Error, Equatable {
  let reason: String
  /// The offset of the byte at which parsing stopped.
  let offset: Int
}

/// Parses ``StrictJSON`` in one pass. The text must be UTF-8.
struct StrictJSONParser {
  private static let deepestNesting = 8
  private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")

  private let text: [UInt8]
  private var offset = 0
  private var depth = 0

  private init(_ text: [UInt8]) { self.text = text }

  /// Parses the whole of `text` as one value, blanks aside.
  static func parse(_ text: [UInt8]) throws(StrictJSONError) -> StrictJSON {
    guard String(validating: text, as: UTF8.self) != nil else {
      throw StrictJSONError(reason: "the text is not UTF-8", offset: 0)
    }
    var parser = StrictJSONParser(text)
    let value = try parser.value()
    guard parser.peek() == nil else { throw parser.failure("more text after the end") }
    return value
  }

  private mutating func value() throws(StrictJSONError) -> StrictJSON {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepestNesting else { throw failure("the nesting is too deep") }
    switch peek() {
    case UInt8(ascii: "{"): return .object(try members())
    case UInt8(ascii: "["): return .array(try elements())
    case UInt8(ascii: "\""): return .string(try string())
    case let byte? where Self.digits.contains(byte): return .integer(try integer())
    case nil: throw failure("the text ends early")
    default: throw failure("expected an object, an array, a string or a whole number")
    }
  }

  private mutating func members() throws(StrictJSONError) -> [StrictJSON.Member] {
    var members: [StrictJSON.Member] = []
    var names: Set<String> = []
    offset += 1
    if skip("}") { return [] }
    repeat {
      guard peek() == UInt8(ascii: "\"") else { throw failure("expected a name") }
      let name = try string()
      guard names.insert(name).inserted else { throw failure("\"\(name)\" occurs twice") }
      guard skip(":") else { throw failure("expected a colon") }
      members.append(.init(name: name, value: try value()))
    } while skip(",")
    guard skip("}") else { throw failure("expected a comma or }") }
    return members
  }

  private mutating func elements() throws(StrictJSONError) -> [StrictJSON] {
    var elements: [StrictJSON] = []
    offset += 1
    if skip("]") { return [] }
    repeat { elements.append(try value()) } while skip(",")
    guard skip("]") else { throw failure("expected a comma or ]") }
    return elements
  }

  private mutating func integer() throws(StrictJSONError) -> Int {
    let first = offset
    while offset < text.count, Self.digits.contains(text[offset]) {
      offset += 1
    }
    let digits = text[first..<offset]
    guard digits.count == 1 || digits.first != UInt8(ascii: "0") else {
      throw failure("a number with a leading zero")
    }
    guard let number = Int(String(decoding: digits, as: UTF8.self)) else {
      throw failure("the number is too large")
    }
    return number
  }

  private mutating func string() throws(StrictJSONError) -> String {
    var bytes: [UInt8] = []
    offset += 1
    while offset < text.count {
      let byte = text[offset]
      offset += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: bytes, as: UTF8.self)
      case UInt8(ascii: "\\"): bytes.append(contentsOf: try escaped().utf8)
      case 0..<0x20: throw failure("a control character in a string")
      default: bytes.append(byte)
      }
    }
    throw failure("the text ends inside a string")
  }

  private mutating func escaped() throws(StrictJSONError) -> Character {
    guard offset < text.count else { throw failure("the text ends inside a string") }
    offset += 1
    switch text[offset - 1] {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return Character(try unicodeScalar())
    default: throw failure("an unknown escape")
    }
  }

  /// The scalar of `\uXXXX`, or of two of them that form a surrogate pair.
  private mutating func unicodeScalar() throws(StrictJSONError) -> Unicode.Scalar {
    let unit = try codeUnit()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard unit < 0xdc00, text[offset...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")])
    else { throw failure("half a surrogate pair") }
    offset += 2
    let low = try codeUnit()
    guard (0xdc00...0xdfff).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (unit - 0xd800) << 10 + (low - 0xdc00))
    else { throw failure("half a surrogate pair") }
    return scalar
  }

  private mutating func codeUnit() throws(StrictJSONError) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard offset < text.count, let digit = Character(Unicode.Scalar(text[offset])).hexDigitValue
      else { throw failure("expected a hexadecimal digit") }
      unit = unit << 4 | UInt32(digit)
      offset += 1
    }
    return unit
  }

  /// Moves to the next byte that is not blank, and returns it.
  private mutating func peek() -> UInt8? {
    while offset < text.count {
      switch text[offset] {
      case 0x20, 0x09, 0x0a, 0x0d: offset += 1
      default: return text[offset]
      }
    }
    return nil
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard peek() == UInt8(ascii: character) else { return false }
    offset += 1
    return true
  }

  private func failure(_ reason: String) -> StrictJSONError {
    StrictJSONError(reason: reason, offset: offset)
  }
}
