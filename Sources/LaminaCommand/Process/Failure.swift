import ArgumentParser
import Lamina
import LaminaConfiguration
import LaminaData
import LaminaJobs
import LaminaMeasurement
import LaminaSVM

/// Bad input that the command itself finds. Prints as one sentence.
struct InputError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// A failure at run time, not of the input. Prints as one sentence.
struct RunError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// The exit code and the message of an error.
struct Failure {
  /// 2 for bad input, 1 for failures at run time, 0 for a request of help or the version, and 128
  /// plus the signal's number after an interruption.
  let code: Int32
  /// The sentence for the standard error; nil for a request of help or the version.
  let sentence: String?

  init(_ error: any Error) {
    switch error {
    case is InputError, is TextError, is NetworkError, is DataError, is SVMError,
      is ConfigurationError, is PredictionError:
      self.init(code: 2, sentence: "\(error)")
    case let error as BackendError:
      switch error {
      case .noDevice, .ambiguousDevice, .invalidSetting: self.init(code: 2, sentence: "\(error)")
      default: self.init(code: 1, sentence: "\(error)")
      }
    case let error as JobError: self.init(code: error.kind == .input ? 2 : 1, sentence: "\(error)")
    case is RunError, is TrainingFailure: self.init(code: 1, sentence: "\(error)")
    case is Interrupted:
      self.init(code: (error as? Interrupted)?.exitCode ?? 1, sentence: "\(error)")
    default: self.init(parsing: error)
    }
  }

  private init(code: Int32, sentence: String?) {
    self.code = code
    self.sentence = sentence
  }

  /// An error of the argument parser. Its own exit code would be 64, and its text has several
  /// lines.
  private init(parsing error: any Error) {
    guard NoArguments.exitCode(for: error) != .success else {
      self.init(code: 0, sentence: nil)
      return
    }
    let lines = NoArguments.message(for: error).split(separator: "\n")
    let sentence = lines.map { $0.drop { $0 == " " } }.joined(separator: " ")
    self.init(code: 2, sentence: sentence.isEmpty ? "the arguments are invalid" : sentence)
  }
}

/// Describes errors of the parser, which know the command themselves.
private struct NoArguments: ParsableArguments {}
