import Glibc
import LaminaData

/// Files that a command writes at its end. It checks that they are writable before its work begins.
struct OutputFiles {
  /// Refuses a file that cannot be written. ``FileUse`` refuses those that must not be written.
  init(_ paths: [String?]) throws {
    for path in paths.compactMap(\.self) {
      // Resolve links, so that the file created here is the one removed.
      let file = FileIdentity(path)
      let descriptor = open(file.path, O_WRONLY | O_CREAT | O_NONBLOCK | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else {
        throw InputError("cannot write \(path): \(String(cString: strerror(errno)))")
      }
      close(descriptor)
      if !file.exists { unlink(file.path) }
    }
  }

  /// Whether the file exists.
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Writes the whole file.
  func write(_ text: String, to path: String) throws(RunError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    var problem = descriptor < 0 ? errno : nil
    if descriptor >= 0 {
      problem = writeAll(Array(text.utf8), to: descriptor)
      close(descriptor)
    }
    if let problem {
      throw RunError("cannot write \(path): \(String(cString: strerror(problem)))")
    }
  }
}
