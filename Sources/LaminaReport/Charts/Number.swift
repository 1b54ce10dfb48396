import LaminaText

/// Formats numbers on axes and in tables.
enum Number {
  private static let prefixes: [(size: Double, name: String)] = [
    (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"),
  ]

  /// The text for a missing number, or one that is not finite.
  private static let none = "–"

  /// The short form for axes: `0.25`, `1.5k`, `20M`, `1e-5`.
  static func short(_ value: Double) -> String {
    let size = abs(value)
    guard size.isFinite else { return none }
    if size == 0 { return "0" }
    if size < 1e-3 { return scientific(value) }
    for prefix in prefixes where size >= prefix.size * 0.99995 {
      return trimmed(value / prefix.size, places: 2) + prefix.name
    }
    return trimmed(value, places: size < 0.1 ? 4 : size < 1 ? 3 : 2)
  }

  /// The form for tables, with four significant digits.
  static func exact(_ value: Double?) -> String {
    guard let value, value.isFinite else { return none }
    let size = abs(value)
    if size == 0 { return "0" }
    if size < 1e-3 { return scientific(value) }
    return Format.decimal(value, places: size < 10 ? 4 : size < 1000 ? 2 : 0)
  }

  private static func scientific(_ value: Double) -> String {
    var (mantissa, exponent) = (value, 0)
    while abs(mantissa) < 0.9995 && exponent > -330 {
      mantissa *= 10
      exponent -= 1
    }
    return "\(trimmed(mantissa, places: 2))e\(exponent)"
  }

  private static func trimmed(_ value: Double, places: Int) -> String {
    var text = Format.decimal(value, places: places)
    guard text.contains(".") else { return text }
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text
  }
}
