/// How plain records are read, and the content of the one read last.
struct PlainRecord {
  /// The use of a field.
  struct Use {
    /// The place in ``PlainRecord/numbers``, if the field is a number.
    var number: Int?
    /// The place in ``PlainRecord/texts``, if the text of the field is wanted.
    var text: Int?
  }

  let uses: [Use]
  var numbers: [Double]
  var texts: [DelimitedText.Field]

  init(_ uses: [Use]) {
    self.uses = uses
    numbers = [Double](repeating: 0, count: uses.count { $0.number != nil })
    texts = uses.filter { $0.text != nil }.map { _ in DelimitedText.Field(range: 0..<0) }
  }
}

extension DelimitedText {
  /// Reads the next record if it is plain, which most are: its fields are separated by a byte, none
  /// is quoted, and all numbers are in Swift's notation.
  ///
  /// Such records need no list of fields, so they are read several times as fast. False leaves the
  /// record to ``next(into:)``.
  mutating func next(into record: inout PlainRecord) -> Bool {
    guard case .byte(let separator) = dialect.separator, offset < bytes.count else { return false }
    let (start, dialect) = (offset, dialect)
    let end = bytes.withUnsafeBufferPointer { text in
      record.numbers.withUnsafeMutableBufferPointer { numbers in
        PlainScanner(text: text, separator: separator, dialect: dialect)
          .end(of: record.uses, from: start, numbers: numbers, texts: &record.texts)
      }
    }
    guard let end else { return false }
    take(upTo: end)
    return true
  }
}

/// Finds the end of a plain record.
private struct PlainScanner {
  /// The largest number up to which 64-bit floats represent every whole number. Larger ones need
  /// a check.
  private static var mostExact: Double { 9_007_199_254_740_992 }

  let text: UnsafeBufferPointer<UInt8>
  let separator: UInt8
  let dialect: DelimitedText.Dialect

  /// The place where the line of the record ends; nil if the record is not plain.
  func end(
    of uses: [PlainRecord.Use], from start: Int, numbers: UnsafeMutableBufferPointer<Double>,
    texts: inout [DelimitedText.Field]
  ) -> Int? {
    var place = start
    for (index, use) in uses.enumerated() {
      if index > 0 {
        guard place < text.count, text[place] == separator else { return nil }
        place += 1
      }
      skipBlanks(&place)
      var range = place..<place
      if let column = use.number {
        guard let (number, end) = NumberText.scan(text, place..<text.count),
          number.magnitude <= Self.mostExact
        else { return nil }
        numbers[column] = number
        range = place..<end
        place = end
        skipBlanks(&place)
      } else {
        guard let found = plainText(&place) else { return nil }
        range = found
      }
      if let slot = use.text { texts[slot].range = range }
    }
    guard place > start else { return nil }
    return place == text.count || isLineEnd(text[place]) ? place : nil
  }

  /// The unquoted text at `place`, without blanks around it; nil if it is quoted or a comment.
  private func plainText(_ place: inout Int) -> Range<Int>? {
    let start = place
    if place < text.count, dialect.quotes.contains(text[place]) { return nil }
    var end = start
    while place < text.count, text[place] != separator, !isLineEnd(text[place]) {
      if text[place] == dialect.comment { return nil }
      place += 1
      if !isBlank(text[place - 1]) { end = place }
    }
    return start..<end
  }

  private func skipBlanks(_ place: inout Int) {
    while place < text.count, isBlank(text[place]), text[place] != separator { place += 1 }
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 }
}
