import Glibc

/// The content of a text file: valid UTF-8 without a byte order mark and without NUL bytes.
struct TextFile {
  let bytes: [UInt8]
  /// The decisions about bytes that were left out.
  private(set) var decisions: [DataDecision] = []

  /// Reads the file at `path` in `encoding`; nil for UTF-8.
  init(path: String, encoding: TextEncoding?) throws(DataError) {
    let content = try ByteReader.contents(of: path)
    self = try problems(of: path, as: DataError.text, Self(content, encoding: encoding))
  }

  init(_ content: [UInt8], encoding: TextEncoding? = nil) throws(TextProblem) {
    var text = try (encoding ?? .utf8).utf8(content)
    Self.removeMark(from: &text)
    decisions = Self.removeEnd(from: &text)
    try Self.refuseNUL(in: text)
    bytes = text
  }

  /// Removes a byte order mark.
  static func removeMark(from text: inout [UInt8]) {
    if text.starts(with: [0xef, 0xbb, 0xbf]) { text.removeFirst(3) }
  }

  /// Removes DOS's mark from the end of a text.
  static func removeEnd(from text: inout [UInt8]) -> [DataDecision] {
    let endOfFile: UInt8 = 0x1a
    guard let last = text.lastIndex(where: { $0 > 32 || $0 == endOfFile }), text[last] == endOfFile
    else { return [] }
    text.removeSubrange(last...)
    var decisions: [DataDecision] = []
    decisions.note("skipped-bytes", "the byte 1a at the end, DOS's end-of-file mark, is left out")
    return decisions
  }

  /// Throws if some lines of a text, the first of them numbered `line`, have a NUL byte.
  static func refuseNUL(in text: [UInt8], from line: Int = 1) throws(TextProblem) {
    guard let place = nul(in: text) else { return }
    let before = text[..<place]
    let start = before.lastIndex { $0 == 10 || $0 == 13 }.map { $0 + 1 } ?? 0
    throw .nul(line: line - 1 + TextEncoding.lines(in: before), offset: place - start + 1)
  }

  private static func nul(in text: [UInt8]) -> Int? {
    text.withUnsafeBytes { buffer in
      guard let start = buffer.baseAddress else { return nil }
      return memchr(start, 0, buffer.count).map { UnsafeRawPointer($0) - start }
    }
  }
}
