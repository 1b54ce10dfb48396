extension NumberText {
  /// The reason why a text that looks like a number is not one, and the remedy, as a clause such as
  /// `it has a currency sign; write the number alone`; nil for numbers, and for texts that do not
  /// look like one.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - format: The notation of numbers in the file.
  static func explanation(of text: String, in format: NumberFormat = .plain) -> String? {
    let bytes = Array(text.utf8)
    // Most texts are names, which this excludes quickly.
    guard bytes.contains(where: isDigit) || isInfinite(text) else { return nil }
    guard format.number(bytes) == nil else { return nil }
    return otherFormat(bytes, format) ?? special(text, format) ?? decorated(text)
  }

  /// The explanation for a number in another format.
  private static func otherFormat(_ bytes: [UInt8], _ format: NumberFormat) -> String? {
    if format.decimal == .comma, double(bytes) != nil {
      return "it has a decimal point, but the numbers here have decimal commas"
    }
    var readings: [(options: String, text: String)] = []
    for other in candidates where other != format && other.number(bytes) != nil {
      let text = String(decoding: other.canonical(bytes) ?? [], as: UTF8.self)
      guard !readings.contains(where: { $0.text == text }) else { continue }
      readings.append((other.options, text))
    }
    guard !readings.isEmpty else { return nil }
    return readings.map { "\($0.options) reads it as \($0.text)" }.joined(separator: ", ")
  }

  /// The possible formats of a number, the likeliest first.
  private static let candidates: [NumberFormat] = [
    .plain, NumberFormat(decimal: .comma), NumberFormat(thousands: .comma),
    NumberFormat(decimal: .comma, thousands: .point), NumberFormat(thousands: .blank),
    NumberFormat(decimal: .comma, thousands: .blank), NumberFormat(thousands: .apostrophe),
    NumberFormat(decimal: .comma, thousands: .apostrophe),
  ]

  /// The explanation for numbers that are infinite, too large or not decimal.
  private static func special(_ text: String, _ format: NumberFormat) -> String? {
    let lower = text.lowercased()
    if isInfinite(text) { return "it is infinite, but numbers must be finite" }
    let unsigned = String(lower.drop { $0 == "-" || $0 == "+" })
    if let number = format.canonical(Array(text.utf8)).flatMap({ decimal($0) }),
      !Float(number).isFinite
    {
      return "it is beyond the range of 32-bit floats, which ends at 3.4e38"
    }
    if unsigned.hasPrefix("0x"), unsigned.dropFirst(2).allSatisfy(\.isHexDigit),
      unsigned.utf8.count > 2
    {
      return "it is hexadecimal, but numbers must be decimal"
    }
    if lower.contains("d"), double(Array(lower.replacing("d", with: "e").utf8)) != nil {
      return "its exponent starts with d; write e, as in 1e5"
    }
    return nil
  }

  private static func isInfinite(_ text: String) -> Bool {
    let unsigned = text.drop { $0 == "-" || $0 == "+" }
    return unsigned.utf8.count <= 8
      && ["inf", "infinity", "∞", "1.#inf"].contains(unsigned.lowercased())
  }

  /// The explanation for numbers with a sign before or after them.
  private static func decorated(_ text: String) -> String? {
    func isNumber(_ text: some StringProtocol) -> Bool {
      let bytes = Array(text.utf8)
      return candidates.contains { $0.number(bytes) != nil }
    }
    let minus: Character = "\u{2212}"
    if text.first == minus, isNumber(text.dropFirst()) {
      return "its minus sign is the character U+2212; write the ASCII -"
    }
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\u{a0}" || $0 == "\u{202f}" }
    if text.last == "%" || text.last == "‰" {
      let number = text.dropLast().drop(while: isBlank)
      if isNumber(String(number.reversed().drop(while: isBlank).reversed())) {
        return "it has a per cent sign; write the number alone"
      }
    }
    let currencies = text.unicodeScalars.filter { $0.properties.generalCategory == .currencySymbol }
    if currencies.count == 1 {
      let rest = text.unicodeScalars.filter { $0.properties.generalCategory != .currencySymbol }
      let plain = String(String.UnicodeScalarView(rest)).filter { !isBlank($0) }
      if isNumber(plain) { return "it has a currency sign; write the number alone" }
    }
    return nil
  }
}

extension NumberFormat {
  /// The options that choose the format.
  var options: String {
    var options: [String] = []
    if decimal == .comma { options.append("--decimal comma") }
    if let thousands { options.append("--thousands \(thousands.rawValue)") }
    return options.isEmpty ? "--decimal point" : options.joined(separator: " ")
  }
}
