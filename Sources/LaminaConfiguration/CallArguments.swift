/// The arguments of a call by their names.
public struct CallArguments: Sendable {
  private let owner: String
  private let names: [String]
  private let values: [String: String]

  /// Sorts arguments by names: those without one take the names in order.
  ///
  /// - Parameters:
  ///   - owner: What they belong to, for messages.
  ///   - names: All arguments that there are.
  public init(
    _ arguments: [Call.Argument], of owner: String, names: [String]
  ) throws(TextError) {
    var values: [String: String] = [:]
    for (place, argument) in arguments.enumerated() {
      guard argument.name != nil || place < names.count else {
        let wanted =
          names.isEmpty
          ? "none" : "at most \(names.count): \(names.joined(separator: ", "))"
        throw TextError(
          "\(owner) has \(arguments.count) argument\(arguments.count == 1 ? "" : "s") and takes \(wanted)"
        )
      }
      let name = argument.name ?? names[place]
      guard names.contains(name) else {
        let suggestion = NearestName.suggestion(for: name, among: names)
        throw TextError("\(owner) has no argument '\(name)'\(names.isEmpty ? "" : suggestion)")
      }
      guard values.updateValue(argument.text, forKey: name) == nil else {
        throw TextError("\(owner) has the argument '\(name)' twice")
      }
    }
    self.owner = owner
    self.names = names
    self.values = values
  }

  /// Sorts the arguments of a call.
  public init(_ call: Call, names: [String]) throws(TextError) {
    try self.init(call.arguments, of: call.name, names: names)
  }

  /// The text of an argument; nil where it is not there.
  public func text(_ name: String) -> String? { values[name] }

  /// A finite number, or `standard` where the argument is not there; without one it must be.
  public func number(_ name: String, default standard: Double? = nil) throws(TextError) -> Double {
    guard let text = values[name] else {
      guard let standard else { throw missing(name) }
      return standard
    }
    guard let value = Double(text), value.isFinite else {
      throw TextError("\(name) of \(owner) is '\(text)'; it must be a number")
    }
    return value
  }

  /// A whole number, or `standard` where the argument is not there; without one it must be.
  public func integer(_ name: String, default standard: Int? = nil) throws(TextError) -> Int {
    guard let text = values[name] else {
      guard let standard else { throw missing(name) }
      return standard
    }
    guard let value = Int(text) else {
      throw TextError("\(name) of \(owner) is '\(text)'; it must be a whole number")
    }
    return value
  }

  /// One of the cases of a type, or `standard` where the argument is not there.
  public func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String, default standard: Choice
  ) throws(TextError) -> Choice {
    guard let text = values[name] else { return standard }
    guard let value = Choice(rawValue: text) else {
      let known = Choice.allCases.map(\.rawValue)
      throw TextError(
        "\(name) of \(owner) is '\(text)'\(NearestName.suggestion(for: text, among: known))")
    }
    return value
  }

  private func missing(_ name: String) -> TextError {
    TextError("\(owner) needs its argument '\(name)', as in \(owner)(\(name)=...)")
  }
}
