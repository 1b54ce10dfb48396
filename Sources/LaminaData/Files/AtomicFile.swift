import Glibc
import Synchronization

/// Replaces a file atomically: the new content is written to a temporary file in the same folder,
/// which is then renamed.
struct AtomicFile {
  private static let serial = Atomic(0)

  /// The path of the file, with symbolic links resolved.
  private let path: String
  private let folder: String
  /// The permissions of the existing file; nil if there is none.
  private let permissions: mode_t?

  /// Throws if `path` cannot be the path of a regular file.
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

  /// Calls `write` to fill the new file, then moves it into place. On failure, the old file
  /// remains.
  func replace(_ write: (OpenFile) throws(DataError) -> Void) throws(DataError) {
    let replacement = try begin()
    try write(replacement.file)
    try replacement.finish()
  }

  /// Creates the new file, which takes its place when its writer is finished.
  func begin() throws(DataError) -> Replacement {
    let temporary = temporaryPath()
    let file = try OpenFile.creating(temporary, for: path, permissions: 0o666)
    let replacement = Replacement(file: file, temporary: temporary, path: path, folder: folder)
    if let permissions { try file.setPermissions(permissions) }
    return replacement
  }

  /// A new file on its way to its place. It is removed if it does not get there.
  final class Replacement {
    /// The file to write.
    let file: OpenFile
    private let path, folder: String
    private var temporary: String?

    fileprivate init(file: OpenFile, temporary: String, path: String, folder: String) {
      self.file = file
      self.temporary = temporary
      (self.path, self.folder) = (path, folder)
    }

    deinit { if let temporary { unlink(temporary) } }

    /// Moves the file into place, when all of it is on the disk.
    func finish() throws(DataError) {
      guard let temporary else { return }
      try file.synchronize()
      guard rename(temporary, path) == 0 else {
        throw .system(action: "replace", path: path, code: errno)
      }
      self.temporary = nil
      // The rename is durable only after the folder is synchronized.
      try OpenFile.folder(folder).synchronize()
    }
  }

  /// Checks that ``replace(_:)`` can create its temporary file, by creating and removing one.
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
