/// A kind of file that is not a table: its name, and advice on how to make a data set of it.
struct ForeignFile: Sendable, Equatable {
  /// The name of the kind, with its article.
  let name: String
  /// The advice, as a clause.
  let advice: String

  /// Whether the file is text in some encoding.
  let isText: Bool

  init(_ name: String, _ advice: String, isText: Bool = false) {
    self.name = name
    self.advice = advice
    self.isText = isText
  }

  /// Recognises the kind of a file by its first bytes, `start`, and its name; nil for text and for
  /// unknown kinds.
  init?(start: [UInt8], name: String) {
    let ending = PartName(name).ending
    let known =
      if Self.isZIP(start) {
        Self.archive(start, ending: ending)
      } else {
        Self.byContent.first { $0.matches(start) }?.kind
          ?? Self.structured(start, ending: ending) ?? Self.named(ending, start)
          ?? Self.notText(start)
      }
    guard let known else { return nil }
    self = known
  }
}

extension ForeignFile {
  /// The first bytes of a kind of file.
  struct Mark: Sendable {
    let bytes: [UInt8]
    let offset: Int
    let kind: ForeignFile

    init(_ bytes: [UInt8], at offset: Int = 0, _ kind: ForeignFile) {
      (self.bytes, self.offset, self.kind) = (bytes, offset, kind)
    }

    init(_ text: String, at offset: Int = 0, _ kind: ForeignFile) {
      self.init(Array(text.utf8), at: offset, kind)
    }

    func matches(_ start: [UInt8]) -> Bool { start.dropFirst(offset).starts(with: bytes) }
  }

  /// The kind of a ZIP archive, by the names in it; nil for NPZ.
  private static func archive(_ start: [UInt8], ending: String) -> ForeignFile? {
    guard ending != "npz" else { return nil }
    func has(_ name: String) -> Bool { start.has(name) }
    if has("xl/") { return .excel }
    if has("opendocument.spreadsheet") { return .openDocument }
    if has("word/") || has("opendocument.text") { return .word }
    if has("data.pkl") { return .pyTorch }
    if has("model.weights.h5") || ending == "keras" { return .keras }
    return has(".npy") ? nil : .zip
  }

  static func isZIP(_ start: [UInt8]) -> Bool {
    start.starts(with: [0x50, 0x4b, 3, 4]) || start.starts(with: [0x50, 0x4b, 5, 6])
  }

  /// Formats without a fixed sequence of first bytes.
  private static func structured(_ start: [UInt8], ending: String) -> ForeignFile? {
    if isBMP(start) { return .bmp }
    if isIDX(start) { return .idx }
    if start.starts(with: "PAR1".utf8), start.contains(where: { $0 < 9 }) { return .parquet }
    if start.count > 9, start[8] == UInt8(ascii: "{"), start[4..<8].allSatisfy({ $0 == 0 }) {
      return .safetensors
    }
    if start.count > 2, start[0] == 0x80, (2...5).contains(start[1]) {
      return ["pt", "pth"].contains(ending) ? .pyTorch : .pickle
    }
    return markup(start, ending: ending)
  }

  /// The kind according to the name alone. Text stays text whatever its name, except for pickles.
  private static func named(_ ending: String, _ start: [UInt8]) -> ForeignFile? {
    guard let kind = byEnding[ending] else { return nil }
    return kind == .pickle || start.contains { $0 < 9 } ? kind : nil
  }

  /// Whether the file is a bitmap. Its two first letters alone would not be enough evidence.
  private static func isBMP(_ start: [UInt8]) -> Bool {
    start.starts(with: "BM".utf8) && start.count > 14 && start[6..<10].allSatisfy { $0 == 0 }
      && [12, 40, 52, 56, 64, 108, 124].contains(start[14])
  }

  static func isIDX(_ start: [UInt8]) -> Bool {
    start.count > 3 && start[0] == 0 && start[1] == 0
      && [8, 9, 11, 12, 13, 14].contains(start[2]) && (1...8).contains(start[3])
  }

  /// HTML, XML or JSON, optionally after a byte order mark and blanks.
  private static func markup(_ start: [UInt8], ending: String) -> ForeignFile? {
    let text = start.drop { [0xef, 0xbb, 0xbf, 32, 9, 10, 13].contains($0) }
    let head = String(decoding: text.prefix(64), as: UTF8.self).lowercased()
    if ["<!doctype html", "<html", "<table"].contains(where: head.hasPrefix) { return .html }
    if head.hasPrefix("<?xml") { return .xml }
    // Some tables have column names such as <DATE>.
    if head.hasPrefix("<"), start.has("</html") || start.has("<body") { return .html }
    if head.hasPrefix("<"), ending == "xml" { return .xml }
    let compact = head.filter { !$0.isWhitespace }
    let isJSON =
      ["{\"", "[{\"", "[[", "[\""].contains(where: compact.hasPrefix)
      || ["json", "jsonl", "ndjson"].contains(ending) && "{[".contains(compact.first ?? " ")
    return isJSON ? .json : nil
  }
}

extension [UInt8] {
  /// Whether the bytes contain `text`.
  fileprivate func has(_ text: String) -> Bool { firstRange(of: Array(text.utf8)) != nil }
}
