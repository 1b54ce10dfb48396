import Glibc

/// What a path leads to.
enum SourceKind {
  /// One of those that need no file.
  case drawn(DrawnData)
  /// A folder of IDX files.
  case idx
  /// Named arrays.
  case arrays(ArrayExamples)
  /// Files or folders of one kind, one for each part; their paths.
  case parts(train: String, validation: String?, test: String?)
  /// One file or folder of examples.
  case single

  init(path: String) throws(DataError) {
    if let data = DrawnData(rawValue: path) {
      self = .drawn(data)
      return
    }
    guard !path.isEmpty else { throw .notAFileName(path: path) }
    guard let status = try stat.of(path) else {
      throw .system(action: "open", path: path, code: ENOENT)
    }
    if status.isFolder {
      self = try Self.folder(path)
    } else if try FileKind(path: path) == .npz {
      self = .arrays(try .npz(path: path))
    } else {
      self = .single
    }
  }

  private static func folder(_ path: String) throws(DataError) -> SourceKind {
    let (folders, files) = try FolderNames.visible(in: path)
    if files.contains(where: { $0.contains("-idx3-ubyte") || $0.contains("-idx1-ubyte") }) {
      return .idx
    }
    if let parts = try PartName.parts(among: folders, in: path), parts.test != nil {
      return .parts(parts, in: path)
    }
    if files.contains(where: { $0.hasSuffix(".npy") }) {
      return .arrays(.folder(path: path, files: files))
    }
    let tables = files.filter { PartName($0).isTable }
    if let only = tables.first, tables.count == 1 {
      return .parts(train: "\(path)/\(only)", validation: nil, test: nil)
    }
    if let parts = try PartName.parts(among: tables, in: path), parts.test != nil {
      return .parts(parts, in: path)
    }
    guard tables.isEmpty else { throw .source(path: path, .ambiguous(found: tables)) }
    guard !folders.isEmpty else { throw .source(path: path, .noData) }
    return .single
  }

  private static func parts(
    _ names: (train: String, validation: String?, test: String?), in path: String
  ) -> SourceKind {
    func whole(_ name: String?) -> String? { name.map { "\(path)/\($0)" } }
    return .parts(
      train: "\(path)/\(names.train)", validation: whole(names.validation),
      test: whole(names.test))
  }
}
