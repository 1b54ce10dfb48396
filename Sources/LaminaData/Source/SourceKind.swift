import Glibc

/// The kind of data at a path.
enum SourceKind {
  /// Built-in data that need no file.
  case drawn(DrawnData)
  /// A folder of IDX files.
  case idx
  /// Named arrays.
  case arrays(ArrayExamples)
  /// The paths of files or folders, one for each part.
  case parts(train: String, validation: String?, test: String?)
  /// One file or folder of examples.
  case single

  /// Detects the kind of data at `path`.
  init(path: String) throws(DataError) {
    var decisions: [DataDecision] = []
    try self.init(path: path, decisions: &decisions)
  }

  /// Detects the kind of data at `path`, and appends decisions about files that are left out.
  init(path: String, decisions: inout [DataDecision]) throws(DataError) {
    if let data = DrawnData(rawValue: path) {
      self = .drawn(data)
      return
    }
    guard !path.isEmpty else { throw .notAFileName(path: path) }
    guard let status = try stat.of(path) else {
      throw .system(action: "open", path: path, code: ENOENT)
    }
    if status.isFolder {
      self = try Self.folder(path, &decisions)
    } else if try FileKind(path: path) == .npz {
      self = .arrays(try .npz(path: path))
    } else {
      self = .single
    }
  }

  /// The kind of data in the folder at `path`; appends decisions about files that are left out.
  private static func folder(
    _ path: String, _ decisions: inout [DataDecision]
  ) throws(DataError) -> SourceKind {
    let names = try FolderNames(of: path)
    let files = names.files
    decisions += [DataDecision.skipped(names.skipped, in: path)].compactMap(\.self)
    if try isIDX(files, in: path) { return .idx }
    if let parts = try PartName.parts(among: names.folders, in: path), parts.test != nil {
      return .parts(parts, in: path)
    }
    if files.contains(where: { $0.hasSuffix(".npy") }) {
      return .arrays(.folder(path: path, files: files))
    }
    if let arrays = try ArrayExamples.archives(path: path, files: files) { return .arrays(arrays) }
    let tables = files.filter { PartName($0).isTable }
    if let only = tables.first, tables.count == 1 {
      return .parts(train: "\(path)/\(only)", validation: nil, test: nil)
    }
    if let parts = try PartName.parts(among: tables, in: path), parts.test != nil {
      decisions += [leftOut(tables, parts, in: path)].compactMap(\.self)
      return .parts(parts, in: path)
    }
    guard tables.isEmpty else { throw .source(path: path, .ambiguous(found: tables)) }
    if let folder = try folderOfIDX(below: path, names.folders) {
      throw .source(path: path, .idxBelow(folder: folder))
    }
    guard !names.folders.isEmpty else {
      throw .source(path: path, ImageFolder.loosePictures(among: files) ?? .noData)
    }
    // A folder of pictures reports the skipped files itself.
    decisions = []
    return .single
  }

  private static func isIDX(_ files: [String], in path: String) throws(DataError) -> Bool {
    if files.contains(where: IDXName.isMeant) { return true }
    return try !IDXName.found(among: files, in: path).isEmpty
  }

  /// The subfolder of `path` that contains IDX files, such as `raw` or `MNIST/raw`, where download
  /// programs put them; nil if there is none.
  private static func folderOfIDX(
    below path: String, _ folders: [String], depth: Int = 2
  ) throws(DataError) -> String? {
    for folder in folders where depth == 2 && folders.count < 4 || folder == "raw" {
      let names = try FolderNames(of: "\(path)/\(folder)")
      if try isIDX(names.files, in: "\(path)/\(folder)") { return folder }
      if depth > 1,
        let found = try folderOfIDX(below: "\(path)/\(folder)", names.folders, depth: depth - 1)
      {
        return "\(folder)/\(found)"
      }
    }
    return nil
  }

  /// The decision about tables of a folder that are not parts; nil if all are.
  private static func leftOut(
    _ tables: [String], _ parts: (train: String, validation: String?, test: String?),
    in path: String
  ) -> DataDecision? {
    let taken = [parts.train, parts.validation, parts.test].compactMap(\.self)
    let others = tables.filter { !taken.contains($0) }
    guard !others.isEmpty else { return nil }
    return DataDecision(
      subject: "left-out-files",
      text: "\(path): \(listed(taken)) are the parts according to their names -> left out: "
        + listed(others),
      remedy: "give the path of the training file, and that of the test file as the option test")
  }

  private static func parts(
    _ names: (train: String, validation: String?, test: String?), in path: String
  ) -> SourceKind {
    func whole(_ name: String?) -> String? { name.map { "\(path)/\($0)" } }
    return .parts(
      train: "\(path)/\(names.train)", validation: whole(names.validation), test: whole(names.test))
  }
}
