package import Lamina

/// An optimiser as the user wrote it. Learning rate and momentum are separate options.
package struct OptimizerChoice: CustomStringConvertible, Sendable {
  package let description: String
  private let call: Call
  private let usual: Optimizer
  private let arguments: CallArguments

  package static let sgd = OptimizerChoice(known: "sgd")

  private init(known text: String) {
    do { try self.init(parsing: text) } catch { preconditionFailure("\(error)") }
  }

  /// Reads the value of `--optimizer`.
  package init(parsing text: String) throws(TextError) {
    description = text
    call = try Call(parsing: text)
    let name = call.name
    guard let known = Optimizer.usual.first(where: { $0.key == name }) else {
      throw TextError(
        "there is no optimizer '\(name)'"
          + NearestName.suggestion(for: name, among: Optimizer.usual.map(\.key)))
    }
    usual = known.value
    arguments = try CallArguments(call, names: usual.ownArguments)
    _ = try optimizer(learningRate: nil, momentum: nil)
  }

  /// The optimiser with this learning rate and momentum. A nil value stands for the default.
  package func optimizer(
    learningRate rate: Float?, momentum: Float?
  ) throws(TextError) -> Optimizer {
    var optimizer = usual
    if let rate { optimizer = optimizer.setting("learning_rate", to: Double(rate)) ?? optimizer }
    if let momentum {
      guard let changed = optimizer.setting("momentum", to: Double(momentum)) else {
        throw TextError(
          "--momentum has no effect with \(call.name); it is for "
            + Self.withMomentum.map(\.key).joinedByAnd)
      }
      optimizer = changed
    }
    for name in usual.ownArguments where arguments.text(name) != nil {
      let value = try arguments.number(name)
      optimizer = optimizer.setting(name, to: value) ?? optimizer
    }
    return optimizer
  }
}

extension OptimizerChoice {
  private static var withMomentum: [(key: String, value: Optimizer)] {
    Optimizer.usual.filter { $0.value.arguments["momentum"] != nil }
  }

  /// The help of `--optimizer`: all optimisers with their arguments.
  package static var help: String {
    let names = Optimizer.usual.map(\.key)
    let calls = Optimizer.usual.compactMap { name, optimizer -> String? in
      let arguments = optimizer.ownArguments.map {
        "\($0)=\(Self.text(optimizer.arguments[$0] ?? 0))"
      }
      return arguments.isEmpty ? nil : "\(name)(\(arguments.joined(separator: ", ")))"
    }
    return "\(names.joined(separator: ", ")); also with arguments: "
      + "\(calls.joined(separator: ", "))."
  }

  /// The default learning rates. The first one is that of all optimisers not named after it.
  package static var learningRates: String {
    text(of: Optimizer.usual.map { ($0.key, Double($0.value.learningRate)) })
  }

  /// The default momenta of the optimisers that have one.
  package static var momenta: String {
    text(of: withMomentum.map { ($0.key, $0.value.arguments["momentum"] ?? 0) })
  }

  /// The values as text, such as `0.01; 0.001 with adam and adamw`.
  private static func text(of values: [(name: String, value: Double)]) -> String {
    let most = values[0].value
    let others = values.map(\.value).filter { $0 != most }
    let texts = others.indices.filter { !others[..<$0].contains(others[$0]) }.map { index in
      let names = values.filter { $0.value == others[index] }.map(\.name)
      return "\(text(others[index])) with \(names.joinedByAnd)"
    }
    return ([text(most)] + texts).joined(separator: "; ")
  }

  /// The shortest text of an optimiser's number. A `Float` shows no digits beyond its precision.
  private static func text(_ value: Double) -> String {
    let short = Float(value)
    let digits = Double("\(short)") == value || Double(short) == value ? "\(short)" : "\(value)"
    return digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
  }
}

extension Optimizer {
  /// The arguments in brackets, without momentum, which is an option.
  fileprivate var ownArguments: [String] { argumentNames.filter { $0 != "momentum" } }
}

extension [String] {
  /// The names as a list, such as `sgd, nesterov and rmsprop`.
  fileprivate var joinedByAnd: String {
    guard count > 1, let last else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " and \(last)"
  }
}
