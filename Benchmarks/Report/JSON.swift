/// A JSON value whose members keep their order.
indirect enum JSON {
  case null
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSON])
  case object(KeyValuePairs<String, JSON>)

  /// The string, or null.
  static func optional(_ value: String?) -> JSON { value.map(JSON.string) ?? .null }
  /// The whole number, or null.
  static func optional(_ value: Int?) -> JSON { value.map(JSON.integer) ?? .null }
  /// The number, or null.
  static func optional(_ value: Double?) -> JSON { value.map(JSON.number) ?? .null }

  /// The whole value on one line. Numbers that JSON does not have (NaN, infinity) become null.
  var text: String {
    switch self {
    case .null: "null"
    case .integer(let value): "\(value)"
    case .number(let value): value.isFinite ? "\(value)" : "null"
    case .string(let value): Self.quoted(value)
    case .array(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { Self.quoted($0.key) + ":" + $0.value.text }.joined(separator: ",") + "}"
    }
  }

  private static func quoted(_ string: String) -> String {
    var quoted = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\0"..<" ":
        quoted += "\\u" + Format.right(String(scalar.value, radix: 16), 4, fill: "0")
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
