/// Numbers and columns as tables show them.
enum Format {
  /// A number with a fixed count of decimals; `-` where there is none.
  static func decimal(_ value: Double?, places: Int) -> String {
    guard let value, value.isFinite, abs(value) < 1e12 else { return "-" }
    let scale = (0..<places).reduce(1.0) { power, _ in power * 10 }
    let scaled = Int((abs(value) * scale).rounded())
    let (whole, fraction) = scaled.quotientAndRemainder(dividingBy: Int(scale))
    let sign = value < 0 && scaled > 0 ? "-" : ""
    return places == 0
      ? "\(sign)\(whole)" : "\(sign)\(whole).\(right("\(fraction)", places, fill: "0"))"
  }

  /// A number with at least three digits that matter, such as `0.123`, `12.3` or `1234`.
  static func threeDigits(_ value: Double?) -> String {
    guard let value else { return "-" }
    return decimal(value, places: value < 1 ? 3 : value < 10 ? 2 : value < 100 ? 1 : 0)
  }

  /// A share in per cent.
  static func percent(_ share: Double?) -> String {
    share.map { decimal(100 * $0, places: 0) + " %" } ?? "-"
  }

  /// `text` at the right of a field of `width` characters.
  static func right(_ text: String, _ width: Int, fill: Character = " ") -> String {
    String(repeating: fill, count: max(0, width - text.count)) + text
  }

  /// `text` at the left of a field of `width` characters.
  static func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
