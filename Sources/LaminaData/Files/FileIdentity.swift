import Glibc

/// The identity of the file at a path, independent of the spelling of the path and of links.
package struct FileIdentity: Sendable {
  /// The absolute path without links, `.` and `..`; the file need not exist.
  package let path: String
  /// Whether there is something at the path.
  package var exists: Bool { status != nil }

  private struct Status: Sendable {
    let device: dev_t
    let number: ino_t
    let isDevice, isFolder: Bool
  }
  private let status: Status?

  /// Examines the path.
  package init(_ path: String) {
    self.path = Self.resolved(path, links: 0)
    var status = stat()
    self.status =
      stat(path, &status) == 0
      ? Status(
        device: status.st_dev, number: status.st_ino,
        isDevice: status.st_mode & S_IFMT == S_IFCHR, isFolder: status.isFolder) : nil
  }

  /// Whether the path is an existing folder.
  package var isFolder: Bool { status?.isFolder == true }

  /// Whether writing to one changes the other: they have the same path, or are hard links to the
  /// same file. False for devices such as `/dev/null`, which store nothing.
  package func isSame(as other: FileIdentity) -> Bool {
    if status?.isDevice == true { return false }
    if path == other.path { return true }
    guard let status, let another = other.status else { return false }
    return status.device == another.device && status.number == another.number
  }

  private static func resolved(_ path: String, links: Int) -> String {
    if let whole = realpath(path, nil) {
      defer { free(whole) }
      return String(cString: whole)
    }
    // A missing file may be in an existing folder, and a dangling link leads to the path that it
    // names.
    let parts = path.split(separator: "/")
    guard let last = parts.last, last != "..", last != "." else { return path }
    let start = path.hasPrefix("/") ? "/" : "./"
    let parent = start + parts.dropLast().joined(separator: "/")
    if links < 40, let target = target(of: path) {
      return resolved(target.hasPrefix("/") ? target : "\(parent)/\(target)", links: links + 1)
    }
    let folder = resolved(parent, links: links)
    return folder == "/" ? "/\(last)" : "\(folder)/\(last)"
  }

  private static func target(of link: String) -> String? {
    var bytes = [CChar](repeating: 0, count: 4097)
    let count = readlink(link, &bytes, bytes.count - 1)
    return count > 0
      ? String(decoding: bytes.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
  }
}
