/// A formula that has a name and at most one parameter, such as `relu` or `huber(0.5)`.
///
/// As text, also in files, it is its name, with the parameter in brackets.
public protocol NamedFormula: CaseIterable, Codable, Hashable, LosslessStringConvertible, Sendable {
  /// Its name in files and options.
  var name: String { get }
  /// The parameter with its name; nil if there is none.
  var parameter: (name: String, value: Float)? { get }
  /// The same formula with another parameter. A formula without parameters is returned unchanged.
  func with(parameter: Float) -> Self
  /// True if the text names the parameter even if it has its usual value.
  static var tellsUsualParameters: Bool { get }
}

extension NamedFormula {
  /// Its text.
  public var description: String {
    guard let parameter, Self.tellsUsualParameters || !Self.allCases.contains(self) else {
      return name
    }
    return "\(name)(\(parameter.value))"
  }

  /// Reads a name with or without a parameter; nil if there is no such formula.
  public init?(_ text: String) {
    let name = text.prefix { $0 != "(" }
    guard let known = Self.allCases.first(where: { $0.name == name }) else { return nil }
    guard name.count < text.count else {
      self = known
      return
    }
    guard text.last == ")", known.parameter != nil,
      let parameter = Float(text.dropFirst(name.count + 1).dropLast())
    else { return nil }
    self = known.with(parameter: parameter)
  }

  /// Reads a text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let formula = Self(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "there is no \(Self.self) '\(text)'")
    }
    self = formula
  }

  /// Writes the text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
