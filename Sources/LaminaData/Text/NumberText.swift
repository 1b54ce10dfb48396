/// Parses numbers in text files.
enum NumberText {
  /// The powers of ten that a `Double` represents exactly.
  private static let powers: [Double] = (0...22).map { power in
    (0..<power).reduce(1) { product, _ in product * 10 }
  }

  /// The words for a missing value, in lower case, as in pandas, R, SQL and spreadsheets.
  private static let missing: Set = [
    "", "?", "na", "#na", "n/a", "#n/a", "#n/a n/a", "n.a.", "<na>", "nan", "-nan", "nat", "null",
    "<null>", "(null)", "#null!", "none", "nil", "\\n", "1.#qnan", "-1.#qnan", "1.#ind", "-1.#ind",
    "#div/0!", "#value!", "#ref!", "#num!", "#name?",
  ]
  /// The words for a missing number that may also be class names.
  private static let missingNumbers: Set = ["-", "--", "."]
  private static let longestMissing = 9

  /// The double nearest to a decimal number such as `-1.5e3`; nil for anything else, including
  /// infinities, NaN and hexadecimal numbers, and for numbers beyond the range of 32-bit floats.
  static func double(_ text: some BidirectionalCollection<UInt8>) -> Double? {
    let bytes = Array(text)
    return double(bytes, bytes.indices)
  }

  /// Parses a range of a text as a number.
  static func double(_ bytes: [UInt8], _ range: Range<Int>) -> Double? {
    simple(bytes, range) ?? general(bytes[range])
  }

  /// Parses a whole number; nil for anything else.
  static func integer(_ text: String) -> Int? {
    text.utf8.allSatisfy { isDigit($0) || isSign($0) } ? Int(text) : nil
  }

  /// Whether a text marks a missing value: it is empty, or one of `?`, `NA`, `N/A`, `#N/A`, `NaN`,
  /// `null`, `None` and similar words, in any letter case.
  static func isMissing(_ text: String) -> Bool {
    guard text.utf8.count <= longestMissing else { return false }
    // The only such words that begin with a digit are those of Windows, with a #.
    if let first = text.utf8.first, isDigit(first), !text.utf8.contains(UInt8(ascii: "#")) {
      return false
    }
    return missing.contains(text.lowercased())
  }

  /// Whether a text marks a missing number: a missing value, or `-`, `--` or `.`.
  static func isMissingNumber(_ text: String) -> Bool {
    missingNumbers.contains(text) || isMissing(text)
  }

  /// Parses a number of few digits without an exponent. A single division of two exact doubles
  /// rounds correctly.
  private static func simple(_ bytes: [UInt8], _ range: Range<Int>) -> Double? {
    var (mantissa, digits, fraction) = (Int64(0), 0, -1)
    var isNegative = false
    for place in range {
      let byte = bytes[place]
      if isDigit(byte) {
        mantissa = mantissa &* 10 &+ Int64(byte &- UInt8(ascii: "0"))
        digits += 1
        if fraction >= 0 { fraction += 1 }
        if mantissa >= 1 << 53 || fraction > 22 { return nil }
      } else if byte == UInt8(ascii: "."), fraction < 0 {
        fraction = 0
      } else if place == range.lowerBound, isSign(byte) {
        isNegative = byte == UInt8(ascii: "-")
      } else {
        return nil
      }
    }
    guard digits > 0 else { return nil }
    let size = fraction > 0 ? Double(mantissa) / powers[fraction] : Double(mantissa)
    return isNegative ? -size : size
  }

  private static func general(_ text: some BidirectionalCollection<UInt8>) -> Double? {
    guard let number = decimal(text), Float(number).isFinite else { return nil }
    return number
  }

  /// Parses a decimal number of any size; infinite beyond the range of doubles.
  static func decimal(_ text: some BidirectionalCollection<UInt8>) -> Double? {
    let isDecimal = text.allSatisfy { byte in
      isDigit(byte) || isSign(byte) || byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e")
    }
    return isDecimal ? Double(String(decoding: text, as: UTF8.self)) : nil
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isSign(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
  }
}

extension DelimitedText {
  /// The number in a field, or nil.
  func number(_ field: Field) -> Double? {
    if let text = field.text { return NumberText.double(Array(text.utf8)) }
    return NumberText.double(bytes, field.range)
  }

  /// The number in a field in this format, or nil.
  func number(_ field: Field, in format: NumberFormat) -> Double? {
    if format == .plain { return number(field) }
    if let text = field.text { return format.number(Array(text.utf8)) }
    return format.number(bytes[field.range])
  }

  /// Whether a field marks a missing number.
  func isMissingNumber(_ field: Field) -> Bool {
    field.range.count <= 11 && NumberText.isMissingNumber(text(field))
  }

  /// Whether a field marks a missing value: it is empty or an unquoted `?`.
  func isMissing(_ field: Field) -> Bool {
    let text = text(field)
    return text.isEmpty || (!field.isQuoted && text == "?")
  }
}
