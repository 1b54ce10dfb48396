import ArgumentParser
import LaminaConfiguration

/// A configuration whose keys are the options of a command without their dashes.
///
/// Its options become arguments before those of the command line. One parser checks both, and the
/// command line overrides the file.
struct ExperimentFile {
  /// The options that the file sets.
  let arguments: [String]

  /// Reads a file for a command.
  ///
  /// - Parameters:
  ///   - command: A command that needs no option.
  ///   - requests: The options that a configuration cannot set.
  init(path: String, for command: (some ParsableCommand).Type, without requests: [String]) throws {
    try self.init(ConfigurationFile.read(path), for: command, without: requests)
  }

  /// Reads a mapping for a command.
  init(
    _ root: ConfigurationNode, for command: (some ParsableCommand).Type,
    without requests: [String] = []
  ) throws {
    let options = OptionTable(try command.parse([]), without: requests)
    let values = try root.mapping(keys: options.entries.map(\.key))
    arguments = try options.entries.flatMap { entry in
      guard let value = values[entry.key] else { return [String]() }
      let own = try Self.arguments(entry.key, value, isFlag: entry.isFlag)
      do { _ = try command.parse(own) } catch {
        throw value.error(Failure(error).sentence ?? "\(error)")
      }
      return own
    }
  }

  /// The arguments for one key.
  private static func arguments(
    _ key: String, _ value: ConfigurationNode, isFlag: Bool
  ) throws -> [String] {
    if isFlag { return [try value.boolean() ? "--\(key)" : "--no-\(key)"] }
    return ["--\(key)", try value.callText()]
  }
}

extension ConfigurationNode {
  /// The value as the command line writes it: a list with commas, `{step: {every: 5}}` as
  /// `step(every=5)`, and `{dropout: 0.5}` as `dropout(0.5)`.
  fileprivate func callText() throws -> String {
    guard case .mapping(let members) = content, members.count == 1, let member = members.first
    else { return try argumentText() }
    return "\(try member.key.string())(\(try member.value.argumentText()))"
  }

  /// The text between the brackets of a call.
  private func argumentText() throws -> String {
    switch content {
    case .null: ""
    case .scalar(let text): text
    case .list(let values): try values.map { try $0.callText() }.joined(separator: ", ")
    case .mapping(let members):
      try members.map { "\(try $0.key.string())=\(try $0.value.callText())" }
        .joined(separator: ", ")
    }
  }
}
