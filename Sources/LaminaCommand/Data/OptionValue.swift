import ArgumentParser
import Lamina
import LaminaConfiguration
import LaminaData
import LaminaSVM

/// A value that an option reads from text of its own form.
///
/// Its error is a clause that says what would be right, which `ExpressibleByArgument` cannot.
protocol OptionValue: SendableMetatype {
  /// Reads the text after the option's name.
  init(parsing text: String) throws
}

extension Option {
  /// An option whose value has a form of its own.
  ///
  /// - Parameters:
  ///   - help: The sentence of `--help`.
  ///   - value: The name of the value in `--help`.
  init<T: OptionValue>(
    _ help: String, value: String? = nil, parsing: SingleValueParsingStrategy = .next
  ) where Value == T? {
    self.init(
      parsing: parsing, help: ArgumentHelp(help, valueName: value),
      transform: { try T(parsing: $0) })
  }

  /// An option whose value has a form of its own, with a default.
  init(
    wrappedValue: Value, _ help: String, value: String? = nil,
    parsing: SingleValueParsingStrategy = .next
  ) where Value: OptionValue {
    self.init(
      wrappedValue: wrappedValue, parsing: parsing,
      help: ArgumentHelp(help, valueName: value), transform: { try Value(parsing: $0) })
  }
}

extension Option {
  /// An option with a simple value, such as a number or a path.
  init<T: ExpressibleByArgument>(
    _ help: String, value: String, parsing: SingleValueParsingStrategy = .next
  ) where Value == T? {
    self.init(parsing: parsing, help: ArgumentHelp(help, valueName: value))
  }

  /// An option with a simple value that must be given.
  init(_ help: String, value: String) where Value: ExpressibleByArgument {
    self.init(help: ArgumentHelp(help, valueName: value))
  }

  /// An option with a simple value and a default.
  init(
    wrappedValue: Value, _ help: String, value: String, parsing: SingleValueParsingStrategy = .next
  ) where Value: ExpressibleByArgument {
    self.init(
      wrappedValue: wrappedValue, parsing: parsing, help: ArgumentHelp(help, valueName: value))
  }
}

extension Activation: OptionValue {}
extension Loss: OptionValue {}
extension Reduction: OptionValue {}
extension DataTask: OptionValue {}
extension InputScaling.Method: OptionValue {}
extension ColumnSeparator: OptionValue {}
extension DecimalMark: OptionValue {}
extension ThousandsMark: OptionValue {}
extension IndexColumn: OptionValue {}
extension MissingValues: OptionValue {}
extension DateFeatures.Use: OptionValue {}
extension DateOrder: OptionValue {}

extension RawRepresentable<String> where Self: CaseIterable {
  /// Reads one of the names. The error for an unknown name suggests the nearest one.
  init(parsing text: String) throws {
    guard let value = Self(rawValue: text) else {
      throw TextError(
        "there is no '\(text)'"
          + NearestName.suggestion(for: text, among: Self.allCases.map(\.rawValue)))
    }
    self = value
  }
}

extension HiddenLayers: OptionValue {}
extension OptimizerChoice: OptionValue {}
