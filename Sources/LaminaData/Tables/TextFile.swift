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
    if text.starts(with: [0xef, 0xbb, 0xbf]) { text.removeFirst(3) }
    let endOfFile: UInt8 = 0x1a
    if let last = text.lastIndex(where: { $0 > 32 || $0 == endOfFile }), text[last] == endOfFile {
      text.removeSubrange(last...)
      decisions.note("skipped-bytes", "the byte 1a at the end, DOS's end-of-file mark, is left out")
    }
    if let place = Self.nul(in: text) {
      let before = text[..<place]
      let start = before.lastIndex { $0 == 10 || $0 == 13 }.map { $0 + 1 } ?? 0
      throw .nul(line: TextEncoding.lines(in: before), offset: place - start + 1)
    }
    bytes = text
  }

  private static func nul(in text: [UInt8]) -> Int? {
    text.withUnsafeBytes { buffer in
      guard let start = buffer.baseAddress else { return nil }
      return memchr(start, 0, buffer.count).map { UnsafeRawPointer($0) - start }
    }
  }
}
