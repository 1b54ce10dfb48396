public import Lamina

extension NamedFormula {
  /// Parses a name with or without its parameter, such as `relu`, `huber(0.5)` or `elu(alpha=2)`.
  public init(parsing text: String) throws(TextError) {
    let call = try Call(parsing: text)
    guard let known = Self.allCases.first(where: { $0.name == call.name }) else {
      throw TextError(
        "there is no \("\(Self.self)".lowercased()) '\(call.name)'"
          + NearestName.suggestion(for: call.name, among: Self.allCases.map(\.name)))
    }
    let own = known.parameter
    let arguments = try CallArguments(call, names: own.map { [$0.name] } ?? [])
    guard let own, arguments.text(own.name) != nil else {
      self = known
      return
    }
    self = known.with(parameter: Float(try arguments.number(own.name)))
  }
}
