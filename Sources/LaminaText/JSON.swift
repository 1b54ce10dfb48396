/// A JSON value whose members keep their order, so that a log line starts with its event.
package indirect enum JSON {
  case null
  case bool(Bool)
  case integer(Int)
  /// A whole number beyond `Int`, such as a seed.
  case unsigned(UInt64)
  case number(Double)
  /// A `Float`, in the shortest notation that reads back as the same number.
  case float(Float)
  case string(String)
  case array([JSON])
  case object([(name: String, value: JSON)])

  /// Names with values, in order.
  package static func object(_ members: KeyValuePairs<String, JSON>) -> JSON {
    .object(members.map { (name: $0.key, value: $0.value) })
  }

  /// The value, or null.
  package static func optional(_ value: (some JSONValue)?) -> JSON { value.json }

  /// Names with plain values, in order.
  package init(_ members: KeyValuePairs<String, any JSONValue>) {
    self = .object(members.map { (name: $0.key, value: $0.value.json) })
  }

  /// An object with the members of another at its end.
  package static func + (first: JSON, second: JSON) -> JSON {
    guard case .object(let members) = first, case .object(let more) = second else { return first }
    return .object(members + more)
  }

  /// The whole value on one line. Numbers that JSON cannot represent (NaN, infinity) become null.
  package var text: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .integer(let value): "\(value)"
    case .unsigned(let value): "\(value)"
    case .number(let value): value.isFinite ? "\(value)" : "null"
    case .float(let value): value.isFinite ? "\(value)" : "null"
    case .string(let value): Self.quoted(value)
    case .array(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { Self.quoted($0.name) + ":" + $0.value.text }.joined(separator: ",") + "}"
    }
  }

  private static func quoted(_ string: String) -> String {
    var quoted = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\0"..<" ", "\u{7f}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

extension JSON: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByBooleanLiteral
{
  package init(integerLiteral value: Int) { self = .integer(value) }
  package init(stringLiteral value: String) { self = .string(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
}

/// A value that JSON can represent.
package protocol JSONValue {
  var json: JSON { get }
}

extension JSON: JSONValue {
  package var json: JSON { self }
}
extension Bool: JSONValue {
  package var json: JSON { .bool(self) }
}
extension Int: JSONValue {
  package var json: JSON { .integer(self) }
}
extension UInt64: JSONValue {
  package var json: JSON { .unsigned(self) }
}
extension Double: JSONValue {
  package var json: JSON { .number(self) }
}
extension Float: JSONValue {
  package var json: JSON { .float(self) }
}
extension String: JSONValue {
  package var json: JSON { .string(self) }
}
extension Array: JSONValue where Element: JSONValue {
  package var json: JSON { .array(map(\.json)) }
}
/// Nil is null.
extension Optional: JSONValue where Wrapped: JSONValue {
  package var json: JSON { self?.json ?? .null }
}
