/// The words and signs of a Swift file, without comments.
///
/// A string without interpolation is one token, in quotes; of others only the code in them is left.
struct SwiftTokens {
  private(set) var all: [String] = []
  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
    readCode(isInterpolation: false)
  }

  private func starts(with text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard position + count <= bytes.count else { return false }
    return (0..<count).allSatisfy { bytes[position + $0] == text.utf8Start[$0] }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }

  private mutating func readCode(isInterpolation: Bool) {
    var depth = 0
    while position < bytes.count {
      let byte = bytes[position]
      if starts(with: "//") {
        skipLine()
      } else if starts(with: "/*") {
        skipComment()
      } else if byte == UInt8(ascii: "\"") || startsRawString {
        readString()
      } else if Self.isWord(byte) {
        readWord()
      } else {
        position += 1
        if byte == UInt8(ascii: "(") { depth += 1 }
        if byte == UInt8(ascii: ")") { depth -= 1 }
        if isInterpolation, depth < 0 { return }
        if byte > UInt8(ascii: " ") { all.append(String(UnicodeScalar(byte))) }
      }
    }
  }

  private mutating func readWord() {
    let start = position
    while position < bytes.count, Self.isWord(bytes[position]) { position += 1 }
    all.append(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func skipLine() {
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
  }

  /// Comments may stand in comments.
  private mutating func skipComment() {
    var depth = 0
    repeat {
      if starts(with: "/*") { depth += 1 }
      if starts(with: "*/") { depth -= 1 }
      position += starts(with: "/*") || starts(with: "*/") ? 2 : 1
    } while depth > 0 && position < bytes.count
  }

  private var startsRawString: Bool {
    guard bytes[position] == UInt8(ascii: "#") else { return false }
    let next = bytes[position...].first { $0 != UInt8(ascii: "#") }
    return next == UInt8(ascii: "\"")
  }

  private mutating func readString() {
    var hashes = 0
    while bytes[position] == UInt8(ascii: "#") {
      hashes += 1
      position += 1
    }
    let quotes = starts(with: "\"\"\"") ? 3 : 1
    position += quotes
    let (start, first) = (position, all.count)
    let end = [UInt8](repeating: UInt8(ascii: "\""), count: quotes) + hashMarks(hashes)
    let escape = [UInt8(ascii: "\\")] + hashMarks(hashes)
    while position < bytes.count {
      let rest = bytes[position...]
      if rest.starts(with: end) {
        if all.count == first {
          all.append("\"\(String(decoding: bytes[start..<position], as: UTF8.self))\"")
        }
        position += end.count
        return
      }
      // Only a regular expression has a quote without its partner.
      if quotes == 1, bytes[position] == UInt8(ascii: "\n") { return }
      if rest.starts(with: escape) {
        position += escape.count
        let isInterpolation = starts(with: "(")
        position += 1
        if isInterpolation { readCode(isInterpolation: true) }
      } else {
        position += 1
      }
    }
  }

  private func hashMarks(_ count: Int) -> [UInt8] {
    [UInt8](repeating: UInt8(ascii: "#"), count: count)
  }
}
