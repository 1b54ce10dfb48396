public import ArgumentParser
import Glibc
import Lamina
import LaminaConfiguration
import LaminaMeasurement
import LaminaText

/// The command `lamina-benchmark`.
public struct BenchmarkCommand: ParsableCommand {
  /// The name and the subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "lamina-benchmark",
    abstract: "Measures how fast Lamina trains on devices, and the peak rates of the devices.",
    subcommands: [
      MatmulCommand.self, KernelsCommand.self, StepCommand.self, EpochCommand.self,
      InferenceCommand.self, TableCommand.self, PeakCommand.self, AllCommand.self,
    ])

  /// A command without arguments.
  public init() {}

  /// Runs the subcommand that the arguments name. An error becomes one sentence and an exit code.
  public static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      if exitCode(for: error) == .success {
        // Requested text, such as help, goes to the standard output.
        exit(withError: error)
      }
      let (code, sentence) = failure(error)
      tell(sentence)
      Glibc.exit(code)
    }
  }

  /// Prints a warning, such as that something is ignored or replaced.
  static func warn(_ sentence: String) { tell("warning: \(sentence)") }

  private static func tell(_ sentence: String) {
    var standardError = StandardError()
    print("lamina-benchmark: \(sentence)", to: &standardError)
  }

  /// The exit code of an error, 2 for bad input and 1 for failures at run time, and its sentence.
  private static func failure(_ error: any Error) -> (code: Int32, sentence: String) {
    switch error {
    case BackendError.noDevice, BackendError.ambiguousDevice, BackendError.invalidSetting,
      is NetworkError, is InputError, is TextError:
      return (2, "\(error)")
    case is BackendError, is TrainingFailure:
      return (1, "\(error)")
    default:
      let lines = message(for: error).split(separator: "\n")
      return (2, lines.map { String($0.drop { $0 == " " }) }.joined(separator: " "))
    }
  }
}

/// The standard error, for messages that are not results.
private struct StandardError: TextOutputStream {
  mutating func write(_ text: String) {
    var text = text
    text.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}

/// Bad input that the argument parser cannot detect. Prints as one sentence.
struct InputError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
