import Glibc
import Synchronization

/// Replaces a file as a whole: the new content goes to a temporary file beside it, which then takes
/// its name.
struct AtomicFile {
  private static let serial = Atomic(0)

  /// The file, behind any symbolic links.
  private let path: String
  private let folder: String
  /// The permissions of the file that is there, or those of a new one before the process's mask.
  private let permissions: mode_t?

  /// Refuses a `path` that cannot become a file.
  init(path: String) throws(DataError) {
    guard let last = path.utf8.last, last != UInt8(ascii: "/") else {
      throw .notAFileName(path: path)
    }
    let status = try stat.of(path)
    if let status, !status.isRegularFile { throw .notAFile(path: path) }
    permissions = status.map { $0.st_mode & 0o777 }
    self.path = Self.resolved(path) ?? path
    let parts = self.path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    folder = parts.isEmpty ? "." : parts == [""] ? "/" : parts.joined(separator: "/")
    guard let folderStatus = try stat.of(folder) else {
      throw .system(action: "find the folder", path: folder, code: ENOENT)
    }
    guard folderStatus.isFolder else { throw .notAFolder(path: folder) }
  }

  /// Lets `write` fill the new file, then puts it in place; leaves the old one on any failure.
  func replace(_ write: (OpenFile) throws(DataError) -> Void) throws(DataError) {
    let temporary = temporaryPath()
    let file = try OpenFile.creating(temporary, for: path, permissions: 0o666)
    do throws(DataError) {
      if let permissions { try file.setPermissions(permissions) }
      try write(file)
      try file.synchronize()
      guard rename(temporary, path) == 0 else {
        throw .system(action: "replace", path: path, code: errno)
      }
    } catch {
      unlink(temporary)
      throw error
    }
    // The new name itself is on the disk only when the folder is.
    try OpenFile.folder(folder).synchronize()
  }

  /// Proves that ``replace(_:)`` can make its temporary file, and removes it again.
  func checkWritable() throws(DataError) {
    let temporary = temporaryPath()
    _ = try OpenFile.creating(temporary, for: path, permissions: 0o600)
    guard unlink(temporary) == 0 else {
      throw .system(action: "remove", path: temporary, code: errno)
    }
  }

  private func temporaryPath() -> String {
    let serial = Self.serial.add(1, ordering: .relaxed).newValue
    return "\(folder)/.lamina-\(getpid())-\(serial).tmp"
  }

  private static func resolved(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
