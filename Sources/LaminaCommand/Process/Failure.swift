import ArgumentParser
import Lamina
import LaminaConfiguration
import LaminaData
import LaminaJobs
import LaminaMeasurement
import LaminaSVM

/// Bad input found by the command itself; prints as one sentence.
struct InputError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// What went wrong while running, not with the input; prints as one sentence.
struct RunError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// How the command ends after an error.
struct Failure {
  /// 2 for bad input, 1 for failures at run time, 0 where help or the version was asked for, and
  /// 128 and the number of the signal after an interruption.
  let code: Int32
  /// What to write to the standard error; nil where the error is none.
  let sentence: String?

  init(_ error: any Error) {
    switch error {
    case is InputError, is NetworkError, is DataError, is SVMError, is ConfigurationError:
      self.init(code: 2, sentence: "\(error)")
    case let error as BackendError:
      switch error {
      case .noDevice, .ambiguousDevice, .invalidSetting: self.init(code: 2, sentence: "\(error)")
      default: self.init(code: 1, sentence: "\(error)")
      }
    case let error as JobError:
      self.init(code: error.kind == .input ? 2 : 1, sentence: "\(error)")
    case is RunError, is TrainingFailure:
      self.init(code: 1, sentence: "\(error)")
    case is Interrupted:
      self.init(code: (error as? Interrupted)?.exitCode ?? 1, sentence: "\(error)")
    default:
      self.init(parsing: error)
    }
  }

  private init(code: Int32, sentence: String?) {
    self.code = code
    self.sentence = sentence
  }

  /// An error of the argument parser, whose own exit code would be 64 and whose text has lines.
  private init(parsing error: any Error) {
    guard MainCommand.exitCode(for: error) != .success else {
      self.init(code: 0, sentence: nil)
      return
    }
    let lines = MainCommand.message(for: error).split(separator: "\n")
    let sentence = lines.map { $0.drop { $0 == " " } }.joined(separator: " ")
    self.init(code: 2, sentence: sentence.isEmpty ? "the arguments make no sense" : sentence)
  }
}
