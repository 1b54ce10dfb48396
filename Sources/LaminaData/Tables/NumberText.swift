/// Numbers as text files write them.
enum NumberText {
  /// The powers of ten that a `Double` has exactly.
  private static let powers: [Double] = (0...22).map { power in
    (0..<power).reduce(1) { product, _ in product * 10 }
  }

  /// The double nearest to a decimal number such as `-1.5e3`; nil for anything else, infinities,
  /// NaN and hexadecimal numbers among it, and for numbers beyond the range of 32-bit floats.
  static func double(_ text: some BidirectionalCollection<UInt8>) -> Double? {
    simple(text) ?? general(text)
  }

  /// The whole number; nil for anything else.
  static func integer(_ text: String) -> Int? {
    text.utf8.allSatisfy { isDigit($0) || isSign($0) } ? Int(text) : nil
  }

  /// Few digits without an exponent: one division of two exact doubles rounds right.
  private static func simple(_ text: some BidirectionalCollection<UInt8>) -> Double? {
    var (mantissa, digits, fraction) = (Int64(0), 0, -1)
    var isNegative = false
    for (place, byte) in text.enumerated() {
      if isDigit(byte) {
        mantissa = mantissa * 10 + Int64(byte - UInt8(ascii: "0"))
        digits += 1
        if fraction >= 0 { fraction += 1 }
        if mantissa >= 1 << 53 || fraction > 22 { return nil }
      } else if byte == UInt8(ascii: "."), fraction < 0 {
        fraction = 0
      } else if place == 0, isSign(byte) {
        isNegative = byte == UInt8(ascii: "-")
      } else {
        return nil
      }
    }
    guard digits > 0 else { return nil }
    let size = Double(mantissa) / powers[max(0, fraction)]
    return isNegative ? -size : size
  }

  private static func general(_ text: some BidirectionalCollection<UInt8>) -> Double? {
    let isDecimal = text.allSatisfy { byte in
      isDigit(byte) || isSign(byte) || byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e")
    }
    guard isDecimal, let number = Double(String(decoding: text, as: UTF8.self)),
      Float(number).isFinite
    else { return nil }
    return number
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isSign(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
  }
}

extension DelimitedText {
  /// The number that a field holds, or nil.
  func number(_ field: Field) -> Double? {
    if let text = field.text { return NumberText.double(Array(text.utf8)) }
    return NumberText.double(bytes[field.range])
  }

  /// Whether a field says that a number is not known.
  func isMissingNumber(_ field: Field) -> Bool {
    field.range.count <= 4
      && ["", "?", "na", "n/a", "nan", "null", "none"].contains(text(field).lowercased())
  }

  /// Whether a field says that nothing is known.
  func isMissing(_ field: Field) -> Bool {
    let text = text(field)
    return text.isEmpty || (!field.isQuoted && text == "?")
  }
}
