/// A reason why a model cannot be written for other programs.
public enum ExportProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// The model exceeds what the format can hold, in bytes.
  case tooLarge(format: String, bytes: Int, limit: Int)

  /// The problem, without the path.
  public var description: String {
    switch self {
    case .tooLarge(let format, let bytes, let limit):
      "the model has \(bytes) bytes, but a file of \(format) has at most \(limit)"
    }
  }
}
