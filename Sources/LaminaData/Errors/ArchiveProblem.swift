/// What is wrong with a ZIP archive.
public enum ArchiveProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file has no directory at its end.
  case notZIP
  /// A part of the archive lies outside of the file.
  case truncated(what: String)
  /// An entry is not what the directory says.
  case damaged(entry: String, reason: String)
  /// An entry is compressed in a way that is not read, or encrypted.
  case method(entry: String, what: String)

  /// The problem, without the path.
  public var description: String {
    switch self {
    case .notZIP:
      "this is no ZIP archive, as NPZ files are: the directory at the end is missing; "
        + "copy the whole file again"
    case .truncated(let what): "\(shortened(what)) lies outside of the file; copy it again"
    case .damaged(let entry, let reason): "\(cited(entry)) is damaged: \(reason)"
    case .method(let entry, let what):
      "\(cited(entry)) is \(what), and only stored and deflated entries are read"
    }
  }
}
