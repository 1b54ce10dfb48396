/// A formula that has a name and at most one parameter, such as `relu` or `huber(0.5)`, or any number
/// of numbers, such as `quantile(0.1, 0.9)`.
///
/// As text, also in files, it is its name, with its numbers in brackets.
public protocol NamedFormula: CaseIterable, Codable, Hashable, LosslessStringConvertible, Sendable {
  /// Its name in files and options.
  var name: String { get }
  /// The parameter with its name; nil if there is none.
  var parameter: (name: String, value: Float)? { get }
  /// The same formula with another parameter. A formula without parameters is returned unchanged.
  func with(parameter: Float) -> Self
  /// The numbers of a formula that takes a list of them; nil for all others.
  var numbers: [Float]? { get }
  /// The same formula with other numbers. A formula without numbers is returned unchanged.
  func with(numbers: [Float]) -> Self
  /// True if the text names the parameter even if it has its usual value.
  static var tellsUsualParameters: Bool { get }
}

extension NamedFormula {
  /// None.
  public var numbers: [Float]? { nil }
  /// The formula itself.
  public func with(numbers: [Float]) -> Self { self }

  /// Its text.
  public var description: String {
    if let numbers, !Self.allCases.contains(self) {
      return "\(name)(\(numbers.map(\.description).joined(separator: ", ")))"
    }
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
    guard text.last == ")" else { return nil }
    let inner = text.dropFirst(name.count + 1).dropLast()
    if known.numbers != nil {
      let numbers = inner.split(separator: ",", omittingEmptySubsequences: false).map {
        Float($0.drop { $0 == " " })
      }
      guard !numbers.contains(nil) else { return nil }
      self = known.with(numbers: numbers.compactMap(\.self))
      return
    }
    guard known.parameter != nil, let parameter = Float(inner) else { return nil }
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
