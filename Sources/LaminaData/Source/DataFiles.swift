import Glibc

/// The files that the path of a data set leads to, so that nothing is written over or among them.
package struct DataFiles {
  private enum Kind {
    /// A file, with those beside it that are read where they are there.
    case file(beside: [String])
    /// A folder whose files are data by their names.
    case named
    /// A folder with a folder of pictures for each part.
    case parts
    /// A folder with a folder of pictures for each class: all that can be seen in it is data.
    case pictures
  }

  private let path: String
  private let kind: Kind
  private let root: FileIdentity

  /// Looks at a path. What cannot be looked at has no files; reading it tells why.
  package init(path: String) {
    self.path = path
    root = FileIdentity(path)
    if root.isFolder {
      kind = Self.kind(folder: path)
    } else {
      kind = .file(beside: Self.labelFiles(of: path))
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

  /// The files that name the labels of an ARFF file, as ``PartReader`` looks for them.
  private static func labelFiles(of path: String) -> [String] {
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    let name = String(path[folder.endIndex...])
    guard PartName(name).ending == "arff" else { return [] }
    let whole = name.split(separator: ".").first.map(String.init) ?? name
    return [whole, PartName(name).stem].filter { !$0.isEmpty }.map { "\(folder)\($0).xml" }
  }

  private static func isIDX(_ name: String) -> Bool {
    IDXName(name) != nil || name.contains("ubyte") || (1...4).contains { name.contains("idx\($0)") }
  }

  /// Whether a folder is searched for files of such a name.
  private static func isData(_ name: String) -> Bool {
    let part = PartName(name)
    return isIDX(name) || part.isTable || ["npy", "npz", "xml"].contains(part.ending)
  }

  /// Whether a file with this identity is read as data, or would be once it were there.
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

  /// The names of the folders from the data set's on, and of the file; nil where it lies elsewhere.
  private func names(of file: FileIdentity) -> [Substring]? {
    let start = root.path.hasSuffix("/") ? root.path : root.path + "/"
    guard file.path.hasPrefix(start) else { return nil }
    let names = file.path.dropFirst(start.count).split(separator: "/")
    return names.isEmpty ? nil : names
  }

  /// Whether a link in the folder leads to the file.
  private func holds(_ file: FileIdentity) -> Bool {
    guard file.exists else { return false }
    return Self.any(in: path, depth: 3) { name, path in
      if case .named = kind, !Self.isData(name) { return false }
      return FileIdentity(path).isSame(as: file)
    }
  }

  /// Whether one of the files that can be seen, so many folders deep, is wanted.
  private static func any(
    in folder: String, depth: Int, _ isWanted: (_ name: String, _ path: String) -> Bool
  ) -> Bool {
    guard depth > 0, let names = try? FolderNames(of: folder) else { return false }
    return names.files.contains { isWanted($0, "\(folder)/\($0)") }
      || names.folders.contains { any(in: "\(folder)/\($0)", depth: depth - 1, isWanted) }
  }
}
