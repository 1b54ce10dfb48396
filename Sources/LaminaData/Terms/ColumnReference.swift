/// A reference to a column of a table: its name, or its number, counted from 1, or backwards from
/// -1.
///
/// Names take precedence over numbers, for tables whose column names are digits.
public struct ColumnReference: Sendable, Hashable {
  /// The name, or the digits of the number.
  public let text: String

  /// Refers to the column with this name or number.
  public init(_ text: String) { self.text = text }
}

extension ColumnReference: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  /// Refers to the column with this name.
  public init(stringLiteral text: String) { self.init(text) }

  /// Refers to the column with this number.
  public init(integerLiteral number: Int) { self.init("\(number)") }
}

extension ColumnReference: Codable {
  /// Reads a string or a whole number.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Int.self) {
      self.init("\(number)")
    } else {
      self.init(try container.decode(String.self))
    }
  }

  /// Writes a string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
