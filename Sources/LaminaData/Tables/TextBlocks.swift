import Glibc

/// Some whole records of a text, as valid UTF-8.
struct TextBlock: Sendable {
  let bytes: [UInt8]
  /// The number of the first line.
  let line: Int
  /// The share of the file that was read up to here; nil if its size is unknown.
  var share: Double?
  /// The decisions about bytes that were left out.
  var decisions: [DataDecision] = []

  /// The text from the first record on.
  func text(_ dialect: DelimitedText.Dialect) -> DelimitedText {
    DelimitedText(bytes, dialect, line: line)
  }
}

/// Reads a text in blocks of whole records, so that memory does not grow with its length.
final class TextBlocks {
  /// The bytes that are read at once.
  static let usualSize = 1 << 22
  /// The longest record. A quote that is never closed would otherwise fill the memory.
  private static let longestRecord = 1 << 26

  let reader: ByteReader
  /// The lines that were read but not taken.
  private(set) var pending: [UInt8] = []
  /// The number of the first pending line.
  private(set) var line = 1
  /// The decisions about bytes that were left out.
  private var decisions: [DataDecision] = []
  /// Whether the pending lines are the last ones.
  private(set) var isComplete = false
  private let size: Int
  private let decoder: TextDecoder?
  /// The text after the last line end that was read.
  private var rest: [UInt8] = []
  private var isBegun = false
  /// The number of the line after the pending ones.
  private var nextLine = 1

  /// - Parameters:
  ///   - reader: The content.
  ///   - encoding: The encoding; nil for UTF-8.
  ///   - size: The bytes to read at once.
  init(
    _ reader: ByteReader, encoding: TextEncoding?, size: Int = TextBlocks.usualSize
  ) throws(DataError) {
    self.reader = reader
    self.size = size
    let encoding = encoding ?? .utf8
    decoder =
      encoding.isUTF8
      ? nil : try problems(of: reader.path, as: DataError.text, TextDecoder(encoding))
  }

  /// Reads more lines.
  func fill() throws(DataError) {
    while !isComplete {
      var added = try readOn()
      guard isComplete || added.count < Self.longestRecord else {
        throw .table(
          path: reader.path,
          .declaration(line: nextLine, reason: "the line has more than 64 MiB; is this a table?"))
      }
      let end = isComplete ? added.count : Self.lastLineEnd(in: added) ?? 0
      rest = Array(added[end...])
      guard end > 0 || isComplete else { continue }
      added.removeLast(added.count - end)
      if !isBegun { TextFile.removeMark(from: &added) }
      isBegun = true
      if isComplete { decisions += TextFile.removeEnd(from: &added) }
      try problems(of: reader.path, as: DataError.text, check(added, from: nextLine))
      nextLine += Self.lineEnds(in: added)
      if pending.isEmpty { pending = added } else { pending += added }
      return
    }
  }

  /// Examines the first lines, and more of them if a record goes beyond.
  func examined<Value>(
    _ examine: ([UInt8]) throws(TableProblem) -> Value
  ) throws(DataError) -> Value {
    while true {
      try fill()
      do throws(TableProblem) { return try examine(pending) } catch {
        if case .openQuote = error, !isComplete, pending.count < Self.longestRecord { continue }
        throw .table(path: reader.path, error)
      }
    }
  }

  /// The text after the last line end, and what follows it.
  private func readOn() throws(DataError) -> [UInt8] {
    guard let decoder else {
      let text = try reader.read(size, after: rest)
      isComplete = text.count < rest.count + size
      return text
    }
    let chunk = try reader.read(size)
    isComplete = chunk.count < size
    return try rest
      + problems(
        of: reader.path, as: DataError.text, decoder.utf8(chunk, isLast: isComplete))
  }

  private func check(_ text: [UInt8], from line: Int) throws(TextProblem) {
    if decoder == nil { try TextEncoding.check(text, from: line) }
    try TextFile.refuseNUL(in: text, from: line)
  }

  /// Takes the pending records, or the next ones; nil at the end.
  ///
  /// - Parameters:
  ///   - dialect: The syntax of fields, whose quotes may enclose line ends.
  ///   - start: The offset of the first record among the pending lines.
  func next(_ dialect: DelimitedText.Dialect, from start: Int = 0) throws(DataError) -> TextBlock? {
    while true {
      if pending.count > start, let end = recordsEnd(dialect, from: start) {
        var block = TextBlock(bytes: pending, line: line, share: reader.share)
        guard end < pending.count else {
          block.decisions = decisions
          (pending, line) = ([], nextLine)
          return block
        }
        block = TextBlock(bytes: Array(pending[..<end]), line: line, share: reader.share)
        pending.removeSubrange(..<end)
        line += Self.lineEnds(in: block.bytes)
        return block
      }
      if isComplete { return nil }
      guard pending.count < Self.longestRecord else {
        throw .table(path: reader.path, .openQuote(line: line))
      }
      try fill()
    }
  }

  /// The end of the last record that is complete; nil if none is. At the end of the text all are,
  /// even those whose quotes are not closed, which their reader refuses.
  private func recordsEnd(_ dialect: DelimitedText.Dialect, from start: Int) -> Int? {
    guard !isComplete, dialect.quotes.contains(where: { Self.has($0, pending) }) else {
      return pending.count
    }
    var text = DelimitedText(pending, dialect, offset: start)
    var fields: [DelimitedText.Field] = []
    var end = start
    do throws(TableProblem) {
      while try text.next(into: &fields) { end = text.offset }
      end = pending.count
    } catch {
      // Other faults are found again, with their lines, by the reader of the block.
      if case .openQuote = error { return end > start ? end : nil }
      return pending.count
    }
    return end
  }

  private static func has(_ byte: UInt8, _ text: [UInt8]) -> Bool {
    text.withUnsafeBytes {
      $0.baseAddress.map { memchr($0, Int32(byte), text.count) != nil } ?? false
    }
  }

  /// The end of the last complete line; nil if there is none. A CR at the end may be half of a pair.
  private static func lastLineEnd(in text: [UInt8]) -> Int? {
    if let place = text.lastIndex(of: 10) { return place + 1 }
    return text.dropLast().lastIndex(of: 13).map { $0 + 1 }
  }

  /// The number of line ends: LF, CR or both.
  private static func lineEnds(in text: [UInt8]) -> Int {
    guard !has(13, text) else { return TextEncoding.lines(in: text) - 1 }
    return text.withUnsafeBytes { buffer in
      guard var start = buffer.baseAddress else { return 0 }
      let end = start + buffer.count
      var count = 0
      while let place = memchr(start, 10, end - start) {
        count += 1
        start = UnsafeRawPointer(place) + 1
      }
      return count
    }
  }
}
