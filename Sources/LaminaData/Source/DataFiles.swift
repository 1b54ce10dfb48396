import Glibc

/// The files of a data set, which must not be overwritten and among which no output may be written.
package struct DataFiles {
  private enum Kind {
    /// A file, and the files in the same folder that are read if they exist.
    case file(beside: [String])
    /// A folder whose files are data according to their names.
    case named
    /// A folder with a folder of pictures for each part.
    case parts
    /// A folder with a folder of pictures for each class, in which every visible file is data.
    case pictures
  }

  private let path: String
  private let kind: Kind
  private let root: FileIdentity

  /// Examines a path. If that fails, there are no files; reading the data reports the reason.
  package init(path: String) {
    self.path = path
    root = FileIdentity(path)
    if root.isFolder {
      kind = Self.kind(folder: path)
    } else {
      let isARFF = PartName(path).ending == "arff"
      kind = .file(beside: isARFF ? LabelFile.candidates(beside: path) : [])
    }
  }

  private static func kind(folder path: String) -> Kind {
    guard let names = try? FolderNames(of: path) else { return .named }
    if names.files.contains(where: isIDX) { return .named }
    if let parts = try? PartName.parts(among: names.folders, in: path), parts.test != nil {
      return .parts
    }
    return names.files.contains(where: isData) || names.folders.isEmpty ? .named : .pictures
  }

  private static func isIDX(_ name: String) -> Bool {
    IDXName(name) != nil || name.contains("ubyte") || (1...4).contains { name.contains("idx\($0)") }
  }

  /// Whether files of this name are read as data from a folder.
  private static func isData(_ name: String) -> Bool {
    let part = PartName(name)
    return isIDX(name) || part.isTable || ["npy", "npz", "xml"].contains(part.ending)
  }

  /// Whether this file is read as data, or would be if it existed.
  package func claim(_ file: FileIdentity) -> Bool {
    switch kind {
    case .file(let beside):
      return file.isSame(as: root) || beside.contains { FileIdentity($0).isSame(as: file) }
    case .named:
      if let names = names(of: file), names.count == 1, Self.isData(String(names[0])) {
        return true
      }
      return holds(file)
    case .parts:
      if let names = names(of: file), PartName(String(names[0])).part != nil { return true }
      return holds(file)
    case .pictures:
      if let names = names(of: file), !names.contains(where: { $0.hasPrefix(".") }) { return true }
      return holds(file)
    }
  }

  /// The components of the file's path below the folder of the data set; nil for files elsewhere.
  private func names(of file: FileIdentity) -> [Substring]? {
    let start = root.path.hasSuffix("/") ? root.path : root.path + "/"
    guard file.path.hasPrefix(start) else { return nil }
    let names = file.path.dropFirst(start.count).split(separator: "/")
    return names.isEmpty ? nil : names
  }

  /// Whether the folder contains the file or a link to it.
  private func holds(_ file: FileIdentity) -> Bool {
    guard file.exists else { return false }
    return Self.any(in: path, depth: 3) { name, path in
      if case .named = kind, !Self.isData(name) { return false }
      return FileIdentity(path).isSame(as: file)
    }
  }

  /// Whether a visible file at most `depth` folders deep satisfies a condition.
  private static func any(
    in folder: String, depth: Int, _ isWanted: (_ name: String, _ path: String) -> Bool
  ) -> Bool {
    guard depth > 0, let names = try? FolderNames(of: folder) else { return false }
    return names.files.contains { isWanted($0, "\(folder)/\($0)") }
      || names.folders.contains { any(in: "\(folder)/\($0)", depth: depth - 1, isWanted) }
  }
}
