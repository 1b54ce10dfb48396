/// What is wrong with a configuration file, and where.
public struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file as the user named it.
  public let file: String
  /// The line, counted from 1; nil where the whole file is meant.
  public let line: Int?
  /// What is wrong and what would be right, as a clause.
  public let problem: String

  /// Names a place and what is wrong there.
  public init(file: String, line: Int?, problem: String) {
    self.file = file
    self.line = line
    self.problem = problem
  }

  /// Such as `job.yaml, line 3: there is no key 'batchs'; did you mean 'batches'?`.
  public var description: String {
    "\(file)\(line.map { ", line \($0)" } ?? ""): \(problem)"
  }
}
