import Glibc

/// What is in a folder.
enum FolderNames {
  /// The names of all entries.
  static func all(in path: String) throws(DataError) -> Set<String> {
    guard let folder = opendir(path) else {
      if errno == ENOTDIR { throw .notAFolder(path: path) }
      throw .system(action: "open", path: path, code: errno)
    }
    defer { closedir(folder) }
    var names: Set<String> = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.insert(name) }
    }
    return names
  }

  /// The names of the folders and of the files, hidden ones left out, in the order of people:
  /// `2.png` before `10.png`.
  static func visible(
    in path: String
  ) throws(DataError) -> (folders: [String], files: [String]) {
    var (folders, files): ([String], [String]) = ([], [])
    for name in try all(in: path) where !name.hasPrefix(".") {
      let status = try stat.of("\(path)/\(name)")
      if status?.isFolder == true { folders.append(name) } else { files.append(name) }
    }
    return (folders.sorted(by: isBefore), files.sorted(by: isBefore))
  }

  private static func isBefore(_ first: String, _ second: String) -> Bool {
    let (stem, other) = (stem(first), stem(second))
    return stem == other
      ? first.utf8.lexicographicallyPrecedes(second.utf8) : isOrderedBefore(stem, other)
  }

  private static func stem(_ name: String) -> String {
    String(name[..<(name.lastIndex(of: ".") ?? name.endIndex)])
  }
}
