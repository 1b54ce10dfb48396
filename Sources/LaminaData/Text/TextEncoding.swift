import Glibc

/// The character encoding of a text file: any that the system's `iconv` supports.
public struct TextEncoding: Sendable, Hashable {
  /// The name, such as `utf-8`, `latin1` or `windows-1252`.
  public let name: String

  /// UTF-8, the default encoding of text files.
  public static let utf8 = TextEncoding(known: "utf-8")

  private init(known name: String) { self.name = name }

  /// Creates the encoding of this name; nil if the system does not know it.
  public init?(_ name: String) {
    // Other characters could be iconv options that replace or drop unreadable bytes.
    let isPlain = name.utf8.allSatisfy { byte in
      Self.isLetterOrDigit(byte) || "-_:.()+".utf8.contains(byte)
    }
    guard isPlain, !name.isEmpty, Converter(from: name) != nil else { return nil }
    self.name = name
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }

  /// Whether the encoding is UTF-8.
  var isUTF8: Bool { ["utf-8", "utf8"].contains(name.lowercased()) }

  /// Converts the text `bytes` to UTF-8.
  func utf8(_ bytes: [UInt8]) throws(TextProblem) -> [UInt8] {
    if isUTF8 {
      try Self.check(bytes)
      return bytes
    }
    let decoder = try TextDecoder(self)
    return try decoder.utf8(bytes, isLast: true)
  }

  /// Throws if `bytes` are not UTF-8.
  ///
  /// - Parameters:
  ///   - bytes: Some lines of a text.
  ///   - line: The number of the first line.
  static func check(_ bytes: [UInt8], from line: Int = 1) throws(TextProblem) {
    let wrong: Range<Int>
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return
    } catch {
      wrong = error.byteOffsets
    }
    let before = bytes[..<wrong.lowerBound]
    let start = before.lastIndex { $0 == 10 || $0 == 13 }.map { $0 + 1 } ?? 0
    let end = max(wrong.upperBound, wrong.lowerBound + 1)
    throw .notUTF8(
      line: line - 1 + lines(in: before), offset: wrong.lowerBound - start + 1,
      bytes: Array(bytes[wrong.lowerBound..<min(end, bytes.count)]))
  }

  /// The number of the line in which `text` ends; lines end with LF, CR or both.
  static func lines(in text: some Sequence<UInt8>) -> Int {
    var (line, last) = (1, UInt8(0))
    for byte in text {
      if byte == 13 || (byte == 10 && last != 13) { line += 1 }
      last = byte
    }
    return line
  }
}

extension TextEncoding: CustomStringConvertible {
  /// The name.
  public var description: String { name }
}

extension TextEncoding: Codable {
  /// Decodes a name, which the system must know.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    guard let encoding = TextEncoding(name) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: TextProblem.unknownEncoding(name: name).description)
    }
    self = encoding
  }

  /// Encodes the name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}

/// Converts a text to UTF-8 in pieces.
final class TextDecoder {
  private let name: String
  private let converter: Converter
  /// The bytes of a character that is not complete yet.
  private var rest: [UInt8] = []
  /// The number of bytes converted, and the line in which they end.
  private var offset = 0
  private var line = 1
  /// More than the longest character of any encoding.
  private static let longestCharacter = 16

  init(_ encoding: TextEncoding) throws(TextProblem) {
    guard let converter = Converter(from: encoding.name) else {
      throw .unknownEncoding(name: encoding.name)
    }
    (name, self.converter) = (encoding.name, converter)
  }

  /// Converts the next bytes of the text.
  func utf8(_ bytes: [UInt8], isLast: Bool) throws(TextProblem) -> [UInt8] {
    let bytes = rest + bytes
    let (text, used) = converter.converted(bytes)
    guard used == bytes.count || (!isLast && bytes.count - used < Self.longestCharacter) else {
      let wrong = Array(bytes[used..<min(used + 4, bytes.count)])
      throw .notInEncoding(
        line: line - 1 + TextEncoding.lines(in: text), offset: offset + used, bytes: wrong,
        encoding: name)
    }
    rest = Array(bytes[used...])
    offset += used
    line += TextEncoding.lines(in: text) - 1
    return text
  }
}

/// A conversion to UTF-8 with `iconv`.
private final class Converter {
  private let descriptor: iconv_t

  init?(from name: String) {
    guard let descriptor = iconv_open("UTF-8", name), Int(bitPattern: descriptor) != -1 else {
      return nil
    }
    self.descriptor = descriptor
  }

  deinit { iconv_close(descriptor) }

  /// The text up to the first invalid byte, and the number of bytes before it.
  func converted(_ bytes: [UInt8]) -> (text: [UInt8], used: Int) {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 8)
    var room = [UInt8](repeating: 0, count: 1 << 16)
    var input = bytes
    let used = input.withUnsafeMutableBytes { source in
      var start = source.baseAddress?.assumingMemoryBound(to: CChar.self)
      var left = source.count
      while left > 0 {
        let isDone = room.withUnsafeMutableBytes { target in
          var end = target.baseAddress?.assumingMemoryBound(to: CChar.self)
          var free = target.count
          let result = iconv(descriptor, &start, &left, &end, &free)
          let isFull = result == -1 && errno == E2BIG
          text += target[..<(target.count - free)]
          return !isFull
        }
        if isDone { break }
      }
      return source.count - left
    }
    return (text, used)
  }
}
