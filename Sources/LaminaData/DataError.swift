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

  /// The problem, without the path.
  public var description: String {
    switch self {
    case .endsEarly: "the gzip data end early; copy the whole file again"
    case .damaged(let reason): "the gzip data are damaged (\(reason)); copy the file again"
    }
  }
}
