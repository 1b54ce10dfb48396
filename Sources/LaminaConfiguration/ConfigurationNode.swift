/// A value of a configuration file, with its position.
///
/// Reading a value as the wrong type throws an error with file and line.
public struct ConfigurationNode: Sendable {
  /// The content of a value.
  public enum Content: Sendable {
    /// Nothing, or `null`.
    case null
    /// A number, a word or a text.
    case scalar(String)
    case list([ConfigurationNode])
    /// Keys with their values, in the order of the file. Keys are unique.
    case mapping([(key: ConfigurationNode, value: ConfigurationNode)])
  }

  /// The file as the user named it.
  public let file: String
  /// The first line of the value, counted from 1.
  public let line: Int
  /// The path of the value, such as `networks[0].hidden`; empty for the whole file.
  public let path: String
  /// The content.
  public let content: Content

  /// An error at this value.
  ///
  /// - Parameter problem: The problem and what would be right, as a clause.
  public func error(_ problem: String) -> ConfigurationError {
    ConfigurationError(file: file, line: line, problem: problem)
  }

  /// The error for a value of the wrong type.
  func error(wanted: String) -> ConfigurationError {
    let found =
      switch content {
      case .null: "empty"
      case .scalar(let text): "'\(text.prefix(40))'"
      case .list: "a list"
      case .mapping: "a mapping"
      }
    let subject = path.isEmpty ? "the file" : path
    return error("\(subject) is \(found); it must be \(wanted)")
  }
}

extension ConfigurationNode {
  /// The text of a scalar.
  public func string() throws(ConfigurationError) -> String {
    guard case .scalar(let text) = content, !text.isEmpty else { throw error(wanted: "a text") }
    return text
  }

  /// `true` or `false`.
  public func boolean() throws(ConfigurationError) -> Bool {
    guard case .scalar(let text) = content, let value = Bool(text.lowercased()) else {
      throw error(wanted: "true or false")
    }
    return value
  }

  /// A whole number in a range.
  public func integer(in range: ClosedRange<Int> = .min ... .max) throws(ConfigurationError) -> Int
  {
    guard case .scalar(let text) = content, let value = Int(text), range.contains(value) else {
      throw error(wanted: "a whole number" + Self.limits(range.lowerBound, range.upperBound))
    }
    return value
  }

  /// A whole number from 0 to 2⁶⁴ - 1, such as a seed.
  public func unsigned() throws(ConfigurationError) -> UInt64 {
    guard case .scalar(let text) = content, let value = UInt64(text) else {
      throw error(wanted: "a whole number from 0 to \(UInt64.max)")
    }
    return value
  }

  /// A finite number in a range.
  public func number(
    in range: ClosedRange<Double> = -.infinity ... .infinity
  ) throws(ConfigurationError) -> Double {
    guard case .scalar(let text) = content, let value = Double(text), value.isFinite,
      range.contains(value)
    else {
      throw error(wanted: "a number" + Self.limits(range.lowerBound, range.upperBound))
    }
    return value
  }

  /// One of the known names. The error for an unknown name suggests the nearest one.
  public func name(
    of kind: String, among known: some Sequence<String>
  ) throws(ConfigurationError) -> String {
    let name = try string()
    guard known.contains(name) else {
      throw error("there is no \(kind) '\(name)'\(NearestName.suggestion(for: name, among: known))")
    }
    return name
  }

  /// The values of a list.
  public func list() throws(ConfigurationError) -> [ConfigurationNode] {
    guard case .list(let values) = content else { throw error(wanted: "a list") }
    return values
  }

  /// The values of a list, or a single value as a list of one; at least one.
  public func oneOrMore() throws(ConfigurationError) -> [ConfigurationNode] {
    switch content {
    case .list(let values) where !values.isEmpty: return values
    case .scalar, .mapping: return [self]
    case .list, .null: throw error(wanted: "one value or a list of them")
    }
  }

  /// The values of a mapping whose keys are all known.
  ///
  /// - Parameter known: All allowed keys. The error for another key suggests the nearest one.
  public func mapping(keys known: [String]) throws(ConfigurationError) -> ConfigurationMapping {
    guard case .mapping(let members) = content else {
      throw error(wanted: "a mapping with the keys \(known.joined(separator: ", "))")
    }
    var values: [String: ConfigurationNode] = [:]
    for (key, value) in members {
      let name = try key.string()
      guard known.contains(name) else {
        let place = path.isEmpty ? "" : " in \(path)"
        throw key.error(
          "there is no key '\(name)'\(place)\(NearestName.suggestion(for: name, among: known))")
      }
      values[name] = value
    }
    return ConfigurationMapping(node: self, values: values)
  }

  private static func limits<Number: Comparable & LosslessStringConvertible>(
    _ lower: Number, _ upper: Number
  ) -> String {
    let all = ["inf", "-inf", "\(Int.min)", "\(Int.max)"]
    let (lower, upper) = (String(lower), String(upper))
    switch (all.contains(lower), all.contains(upper)) {
    case (true, true): return ""
    case (false, true): return " of at least \(lower)"
    case (true, false): return " of at most \(upper)"
    case (false, false): return " from \(lower) to \(upper)"
    }
  }
}

/// The values of a mapping by key.
public struct ConfigurationMapping: Sendable {
  /// The mapping as a whole, for messages.
  public let node: ConfigurationNode
  let values: [String: ConfigurationNode]

  /// The value of a key; nil if the key is missing or its value is empty or `null`.
  public subscript(key: String) -> ConfigurationNode? {
    guard let value = values[key] else { return nil }
    if case .null = value.content { return nil }
    return value
  }

  /// The value of a required key.
  public func required(_ key: String) throws(ConfigurationError) -> ConfigurationNode {
    guard let value = self[key] else {
      let place = node.path.isEmpty ? "" : " in \(node.path)"
      throw node.error("the key '\(key)' is missing\(place)")
    }
    return value
  }
}
