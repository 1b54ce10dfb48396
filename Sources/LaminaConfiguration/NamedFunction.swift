public import Lamina

extension Activation {
  /// Reads a name with or without its parameter, such as `relu`, `leaky_relu(0.2)` or `elu(alpha=2)`.
  public init(parsing text: String) throws(TextError) {
    self = try NamedFunction(text, "activation", Activation.allCases, name: \.name)
      .with {
        $0.parameter
      } change: {
        $0.with(parameter: $1)
      }
  }
}

extension Loss {
  /// Reads a name with or without its parameter, such as `mse` or `huber(threshold=0.5)`.
  public init(parsing text: String) throws(TextError) {
    self = try NamedFunction(text, "loss", Loss.allCases, name: \.name)
      .with {
        $0.parameter
      } change: {
        $0.with(parameter: $1)
      }
  }
}

/// A function found by its name, and what was written in its brackets.
private struct NamedFunction<Function> {
  let function: Function
  let call: Call

  init(
    _ text: String, _ kind: String, _ known: [Function], name: (Function) -> String
  ) throws(TextError) {
    let call = try Call(parsing: text)
    guard let function = known.first(where: { name($0) == call.name }) else {
      throw TextError(
        "there is no \(kind) '\(call.name)'"
          + NearestName.suggestion(for: call.name, among: known.map(name)))
    }
    self.function = function
    self.call = call
  }

  /// The function with the parameter that was written, or with its own.
  func with(
    _ parameter: (Function) -> (name: String, value: Float)?,
    change: (Function, Float) -> Function
  ) throws(TextError) -> Function {
    let own = parameter(function)
    let arguments = try CallArguments(call, names: own.map { [$0.name] } ?? [])
    guard let own, arguments.text(own.name) != nil else { return function }
    return change(function, Float(try arguments.number(own.name)))
  }
}
