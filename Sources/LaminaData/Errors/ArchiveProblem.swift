/// A problem with a ZIP archive.
public enum ArchiveProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file has no directory at its end.
  case notZIP
  /// A part of the archive is beyond the end of the file.
  case truncated(what: String)
  /// An entry does not match the directory.
  case damaged(entry: String, reason: String)
  /// An entry is encrypted or uses an unsupported compression method.
  case method(entry: String, what: String)

  /// The problem, without the path.
  public var description: String {
    switch self {
    case .notZIP:
      "this is not a ZIP archive, as NPZ files are: the directory at the end is missing; "
        + "copy the whole file again"
    case .truncated(let what): "\(shortened(what)) is beyond the end of the file; copy it again"
    case .damaged(let entry, let reason): "\(cited(entry)) is damaged: \(reason)"
    case .method(let entry, let what):
      "\(cited(entry)) is \(what), but only stored and deflated entries are read"
    }
  }
}
