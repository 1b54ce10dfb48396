/// A problem with a configuration file, with its position.
public struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file as the user named it.
  public let file: String
  /// The line, counted from 1; nil for the whole file.
  public let line: Int?
  /// The problem and what would be right, as a clause.
  public let problem: String

  /// The whole message, such as
  /// `job.yaml, line 3: there is no key 'batchs'; did you mean 'batches'?`.
  public var description: String { "\(file)\(line.map { ", line \($0)" } ?? ""): \(problem)" }
}
