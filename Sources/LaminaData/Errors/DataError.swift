import Glibc

/// A problem with a data file or folder, described in one sentence that names the path.
public enum DataError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The system could not do `action` with `path`; `code` is its `errno`.
  case system(action: String, path: String, code: Int32)
  /// `path` is a folder, a device or a pipe, but a file is needed.
  case notAFile(path: String)
  /// `path` is a file, but a folder is needed.
  case notAFolder(path: String)
  /// `path` cannot be the name of a file: it is empty or ends in a slash.
  case notAFileName(path: String)
  /// The gzip data of the file are damaged.
  case gzip(path: String, GzipProblem)
  /// The file is not a usable IDX file.
  case idx(path: String, IDXProblem)
  /// The inflated contents of the file exceed `limit`, in bytes.
  case tooLong(path: String, limit: Int)
  /// The file is not readable text.
  case text(path: String, TextProblem)
  /// The file is not a usable table.
  case table(path: String, TableProblem)
  /// The file is not a valid label file.
  case labelFile(path: String, reason: String)
  /// The file is not a usable NPY array, or the arrays do not make a data set.
  case array(path: String, ArrayProblem)
  /// The file is not a readable ZIP archive.
  case archive(path: String, ArchiveProblem)
  /// The file is not a usable picture.
  case picture(path: String, PictureProblem)
  /// The targets do not fit the task.
  case targets(path: String, TargetProblem)
  /// The path does not lead to a data set, or the options do not fit it.
  case source(path: String, SourceProblem)
  /// The file is of a kind that is not used here; `advice` says what to do.
  case foreign(path: String, kind: String, advice: String)
  /// The folder does not contain a data set.
  case folder(path: String, FolderProblem)
  /// The file is not a usable safetensors file, or the tensors cannot be written as one.
  case safetensors(path: String, SafetensorsProblem)
  /// The safetensors file is not a usable model.
  case model(path: String, ModelProblem)
  /// The model cannot be written for another program.
  case export(path: String, ExportProblem)

  /// The sentence.
  public var description: String {
    switch self {
    case .system(let action, let path, let code):
      "cannot \(action) \(path): \(String(cString: strerror(code)))"
    case .notAFile(let path): "\(path) is not a regular file; a regular file is needed"
    case .notAFolder(let path): "\(path) is not a folder; a folder is needed"
    case .notAFileName(let path):
      "\"\(path)\" is not the name of a file; give a path that ends in a name"
    case .gzip(let path, let problem): "\(path): \(problem)"
    case .idx(let path, let problem): "\(path): \(problem)"
    case .tooLong(let path, let limit):
      "\(path) has more than \(limit >> 30) GiB of content, which is the limit"
    case .text(let path, let problem): "\(path): \(problem)"
    case .table(let path, let problem): "\(path): \(problem)"
    case .labelFile(let path, let reason): "\(path): this is not a label file: \(reason)"
    case .array(let path, let problem): "\(path): \(problem)"
    case .archive(let path, let problem): "\(path): \(problem)"
    case .picture(let path, let problem): "\(path): \(problem)"
    case .targets(let path, let problem): "\(path): \(problem)"
    case .source(let path, let problem): "\(path): \(problem)"
    case .foreign(let path, let kind, let advice): "\(path): this is \(kind); \(advice)"
    case .folder(let path, let problem): "\(path): \(problem)"
    case .safetensors(let path, let problem): "\(path): \(problem)"
    case .model(let path, let problem): "\(path): \(problem)"
    case .export(let path, let problem): "cannot write \(path): \(problem)"
    }
  }
}

/// A problem with a gzip file.
public enum GzipProblem: Sendable, Equatable, CustomStringConvertible {
  /// The compressed data end before their end mark and checksum.
  case endsEarly
  /// zlib rejects the data; `reason` is zlib's message.
  case damaged(reason: String)
  /// Bytes that are neither gzip nor zero follow the compressed data.
  case trailing

  /// The problem, without the path.
  public var description: String {
    switch self {
    case .endsEarly: "the gzip data end early; copy the whole file again"
    case .damaged(let reason): "the gzip data are damaged (\(reason)); copy the file again"
    case .trailing:
      "other bytes follow the gzip data, whose checksum is right; compress the content again, "
        + "for example with gunzip -c FILE | gzip > NEW"
    }
  }
}

/// A value, whose problem becomes an error of the file or data set at `path`.
///
/// - Parameter kind: Makes the error, such as ``DataError/table(path:_:)``.
func problems<Problem: Error, Value>(
  of path: String, as kind: (String, Problem) -> DataError,
  _ value: @autoclosure () throws(Problem) -> Value
) throws(DataError) -> Value {
  do throws(Problem) { return try value() } catch { throw kind(path, error) }
}
