/// The arguments of a call by name.
public struct CallArguments: Sendable {
  private let owner: String
  private let names: [String]
  private let values: [String: String]

  /// Assigns arguments to names. Arguments without a name take the names in order.
  ///
  /// - Parameters:
  ///   - arguments: The arguments as written.
  ///   - owner: The name of the call, for messages.
  ///   - names: The names of all arguments.
  public init(_ arguments: [Call.Argument], of owner: String, names: [String]) throws(TextError) {
    var values: [String: String] = [:]
    for (place, argument) in arguments.enumerated() {
      guard argument.name != nil || place < names.count else {
        let wanted =
          names.isEmpty ? "none" : "at most \(names.count): \(names.joined(separator: ", "))"
        throw TextError(
          "\(owner) has \(arguments.count) argument\(arguments.count == 1 ? "" : "s"), but takes "
            + wanted)
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

  /// Assigns the arguments of a call to names.
  public init(_ call: Call, names: [String]) throws(TextError) {
    try self.init(call.arguments, of: call.name, names: names)
  }

  /// The text of an argument; nil if it is missing.
  public func text(_ name: String) -> String? { values[name] }

  /// A finite number, or `standard` if the argument is missing; without `standard` it is required.
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

  /// A whole number, or `standard` if the argument is missing; without `standard` it is required.
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

  /// One of the cases of a type, or `standard` if the argument is missing.
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
