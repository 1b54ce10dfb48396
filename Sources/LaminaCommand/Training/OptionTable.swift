import ArgumentParser
import LaminaConfiguration

/// The options of a parsed command with their values, found by reflection, so that no list repeats
/// the declarations.
struct OptionTable {
  /// An option.
  struct Entry {
    /// The name without dashes, such as `batch-size`.
    let key: String
    /// The value as the command line writes it; nil if there is none.
    let text: String?
    let isFlag: Bool
  }

  /// All options that a configuration may set, in the order of their declaration.
  private(set) var entries: [Entry] = []

  /// - Parameter requests: The options to leave out, which are not part of a configuration.
  init(_ command: some ParsableArguments, without requests: [String]) {
    collect(command)
    entries.removeAll { requests.contains($0.key) }
  }

  /// Collects options. Those of a group keep their own names.
  private mutating func collect(_ arguments: some ParsableArguments) {
    for child in Mirror(reflecting: arguments).children {
      guard let label = child.label, label.first == "_" else { continue }
      switch child.value {
      case let group as any OptionGroupWrapper: collect(group.group)
      case let option as any OptionWrapper:
        entries.append(
          Entry(
            key: Self.key(label.dropFirst()), text: Self.text(option.value), isFlag: option.isFlag))
      default: break
      }
    }
  }

  /// A configuration file with the same options.
  var yaml: String { ConfigurationFile.text(entries.map { ($0.key, $0.text) }) }

  /// The option's name for a property, as the argument parser derives it: `batch-size` for
  /// `batchSize`.
  private static func key(_ property: Substring) -> String {
    property.reduce(into: "") { key, character in
      key += character.isUppercase ? "-\(character.lowercased())" : String(character)
    }
  }

  private static func text(_ value: Any) -> String? {
    let mirror = Mirror(reflecting: value)
    guard mirror.displayStyle == .optional else { return plain(value) }
    return mirror.children.first.map { plain($0.value) }
  }

  private static func plain(_ value: Any) -> String {
    // The name of a case is not what options call it.
    (value as? any RawRepresentable<String>)?.rawValue ?? "\(value)"
  }
}

/// An option of any type.
private protocol OptionWrapper {
  var value: Any { get }
  var isFlag: Bool { get }
}

extension Option: OptionWrapper {
  fileprivate var value: Any { wrappedValue }
  fileprivate var isFlag: Bool { false }
}

extension Flag: OptionWrapper {
  fileprivate var value: Any { wrappedValue }
  fileprivate var isFlag: Bool { true }
}

/// An option group of any type.
private protocol OptionGroupWrapper {
  var group: any ParsableArguments { get }
}

extension OptionGroup: OptionGroupWrapper {
  fileprivate var group: any ParsableArguments { wrappedValue }
}
