public import Lamina

extension NamedFormula {
  /// Parses a name with or without its numbers, such as `relu`, `huber(0.5)`, `elu(alpha=2)` or
  /// `quantile(0.1, 0.9)`.
  public init(parsing text: String) throws(TextError) {
    let call = try Call(parsing: text)
    guard let known = Self.allCases.first(where: { $0.name == call.name }) else {
      throw TextError(
        "there is no \("\(Self.self)".lowercased()) '\(call.name)'"
          + NearestName.suggestion(for: call.name, among: Self.allCases.map(\.name)))
    }
    if known.numbers != nil, !call.arguments.isEmpty {
      self = known.with(numbers: try Self.numbers(call))
      return
    }
    let own = known.parameter
    let arguments = try CallArguments(call, names: own.map { [$0.name] } ?? [])
    guard let own, arguments.text(own.name) != nil else {
      self = known
      return
    }
    self = known.with(parameter: Float(try arguments.number(own.name)))
  }

  /// The arguments of a call that takes numbers without names.
  private static func numbers(_ call: Call) throws(TextError) -> [Float] {
    var numbers: [Float] = []
    for argument in call.arguments {
      if let name = argument.name { throw TextError("\(call.name) has no argument '\(name)'") }
      guard let number = Float(argument.text), number.isFinite else {
        throw TextError("a number of \(call.name) is '\(argument.text)'; it must be a number")
      }
      numbers.append(number)
    }
    return numbers
  }

  /// All of them as a user writes them, such as `mse, mae, huber(threshold=1)`.
  public static var help: String {
    allCases.map { formula in
      if let numbers = formula.numbers {
        return "\(formula.name)(\(numbers.map(\.description).joined(separator: ",")))"
      }
      guard let (name, value) = formula.parameter else { return formula.name }
      let number = value == value.rounded() ? "\(Int(value))" : "\(value)"
      return "\(formula.name)(\(name)=\(number))"
    }.joined(separator: ", ")
  }
}
