import Glibc

/// What is wrong with a file or folder of data, in one sentence that names it.
public enum DataError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The system could not do `action` with `path`; `code` is its `errno`.
  case system(action: String, path: String, code: Int32)
  /// `path` is a folder, a device or a pipe where a file belongs.
  case notAFile(path: String)
  /// `path` is a file where a folder belongs.
  case notAFolder(path: String)
  /// `path` cannot name a file, being empty or ending in a slash.
  case notAFileName(path: String)
  /// The gzip layer of the file is broken.
  case gzip(path: String, GzipProblem)
  /// The file is not an IDX file that can be used.
  case idx(path: String, IDXProblem)
  /// The file, inflated, is longer than any data set that is read; `limit` in bytes.
  case tooLong(path: String, limit: Int)
  /// The file is not text that can be read.
  case text(path: String, TextProblem)
  /// The file is not a table that can be used.
  case table(path: String, TableProblem)
  /// The file does not name labels.
  case labelFile(path: String, reason: String)
  /// The file is not an NPY array that can be used, or the arrays do not make a data set.
  case array(path: String, ArrayProblem)
  /// The file is not a ZIP archive that can be read.
  case archive(path: String, ArchiveProblem)
  /// The file is not a picture that can be used.
  case picture(path: String, PictureProblem)
  /// The targets cannot be those of the task.
  case targets(path: String, TargetProblem)
  /// The path does not lead to a data set, or the options do not fit it.
  case source(path: String, SourceProblem)
  /// The file is of a kind that does not serve here; `advice` says what to do.
  case foreign(path: String, kind: String, advice: String)
  /// The folder does not hold a data set.
  case folder(path: String, FolderProblem)
  /// The file is not a safetensors file that can be used, or would not be one.
  case safetensors(path: String, SafetensorsProblem)
  /// The safetensors file is not a model that can be used.
  case model(path: String, ModelProblem)

  /// The whole sentence.
  public var description: String {
    switch self {
    case .system(let action, let path, let code):
      "cannot \(action) \(path): \(String(cString: strerror(code)))"
    case .notAFile(let path): "\(path) is not a regular file, and only such a file serves here"
    case .notAFolder(let path): "\(path) is not a folder, and only a folder serves here"
    case .notAFileName(let path): "\"\(path)\" names no file; give a path that ends in a name"
    case .gzip(let path, let problem): "\(path): \(problem)"
    case .idx(let path, let problem): "\(path): \(problem)"
    case .tooLong(let path, let limit):
      "\(path) has more than \(limit >> 30) GiB of content, and no more is read"
    case .text(let path, let problem): "\(path): \(problem)"
    case .table(let path, let problem): "\(path): \(problem)"
    case .labelFile(let path, let reason): "\(path): this is no label file: \(reason)"
    case .array(let path, let problem): "\(path): \(problem)"
    case .archive(let path, let problem): "\(path): \(problem)"
    case .picture(let path, let problem): "\(path): \(problem)"
    case .targets(let path, let problem): "\(path): \(problem)"
    case .source(let path, let problem): "\(path): \(problem)"
    case .foreign(let path, let kind, let advice): "\(path): this is \(kind); \(advice)"
    case .folder(let path, let problem): "\(path): \(problem)"
    case .safetensors(let path, let problem): "\(path): \(problem)"
    case .model(let path, let problem): "\(path): \(problem)"
    }
  }
}

/// What is wrong with a gzip file.
public enum GzipProblem: Sendable, Equatable, CustomStringConvertible {
  /// The compressed data stop before their end mark and checksum.
  case endsEarly
  /// zlib refuses the data; `reason` is its own text.
  case damaged(reason: String)
  /// Bytes that are neither gzip nor zero follow the compressed data.
  case trailing

  /// The problem, without the path.
  public var description: String {
    switch self {
    case .endsEarly: "the gzip data end early; copy the whole file again"
    case .damaged(let reason): "the gzip data are damaged (\(reason)); copy the file again"
    case .trailing:
      "other bytes follow the gzip data, whose checksum is right; compress the content anew, "
        + "such as by gunzip -c FILE | gzip > NEW"
    }
  }
}
