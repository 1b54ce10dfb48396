import Glibc

/// The contents of a folder.
struct FolderNames {
  /// The names of the folders in natural order: `2` before `10`.
  private(set) var folders: [String] = []
  /// The names of the files, in the same order.
  private(set) var files: [String] = []
  /// The names of hidden files, and of files that systems and programs leave behind.
  private(set) var skipped: [String] = []

  /// Names that file managers, archives and network drives leave behind, in lower case.
  private static let litter: Set = [
    "thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "@eadir", "$recycle.bin",
    "system volume information",
  ]

  init(of path: String) throws(DataError) {
    for name in try Self.all(in: path) {
      if name.hasPrefix(".") || Self.litter.contains(name.lowercased()) {
        skipped.append(name)
      } else if try stat.of("\(path)/\(name)")?.isFolder == true {
        folders.append(name)
      } else {
        files.append(name)
      }
    }
    folders.sort(by: Self.isBefore)
    files.sort(by: Self.isBefore)
    skipped.sort(by: Self.isBefore)
  }

  private static func all(in path: String) throws(DataError) -> [String] {
    guard let folder = opendir(path) else {
      if errno == ENOTDIR { throw .notAFolder(path: path) }
      throw .system(action: "open", path: path, code: errno)
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
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

extension DataDecision {
  /// The decision about skipped files; nil if there are none.
  static func skipped(_ names: [String], in path: String) -> DataDecision? {
    guard !names.isEmpty else { return nil }
    // macOS creates a `._` file for each file.
    let kinds = names.map { $0.hasPrefix("._") ? "._*" : $0 }
    let counts = kinds.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    let shown = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { kind, count in
      count == 1 ? kind : "\(kind) (\(count) times)"
    }
    return DataDecision(
      subject: "skipped-files",
      text:
        "\(path): skipped \(names.count) hidden or system \(names.count == 1 ? "file" : "files"): "
        + listed(shown))
  }
}
