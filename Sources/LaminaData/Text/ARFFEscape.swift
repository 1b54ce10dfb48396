/// Backslash escapes in quoted texts of ARFF files, as Weka writes them.
enum ARFFEscape {
  /// The text in the quotes that open at `offset`; moves `offset` past the closing quote.
  static func quoted(
    in bytes: [UInt8], at offset: inout Int, line: Int
  ) throws(TableProblem) -> String {
    let quote = bytes[offset]
    var content: [UInt8] = []
    offset += 1
    while offset < bytes.count, bytes[offset] != quote {
      if bytes[offset] == UInt8(ascii: "\\"), offset + 1 < bytes.count {
        offset += 1
        content += character(in: bytes, at: &offset)
      } else {
        content.append(bytes[offset])
        offset += 1
      }
    }
    guard offset < bytes.count else { throw .openQuote(line: line) }
    offset += 1
    return String(decoding: content, as: UTF8.self)
  }

  /// The UTF-8 of the escaped character. `offset` is after the backslash and moves past the escape.
  /// Unknown escapes mean the character after the backslash.
  static func character(in bytes: [UInt8], at offset: inout Int) -> [UInt8] {
    let byte = bytes[offset]
    offset += 1
    switch byte {
    case UInt8(ascii: "n"): return [10]
    case UInt8(ascii: "r"): return [13]
    case UInt8(ascii: "t"): return [9]
    case UInt8(ascii: "u"):
      let digits = String(decoding: bytes[offset...].prefix(4), as: UTF8.self)
      guard digits.utf8.count == 4, digits.utf8.allSatisfy(isHexadecimal),
        let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
      else { return [byte] }
      offset += 4
      return Array(String(Character(scalar)).utf8)
    default: return [byte]
    }
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    NumberText.isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
  }
}
