import Glibc
import LaminaData

/// Files that a command writes at its end, tried before its work begins.
struct OutputFiles {
  /// Refuses a file that cannot be written; ``FileUse`` has refused those that must not be.
  init(_ paths: [String?]) throws {
    for path in paths.compactMap(\.self) {
      // Behind links, so that what is made here is what is removed.
      let file = FileIdentity(path)
      let descriptor = open(file.path, O_WRONLY | O_CREAT | O_NONBLOCK | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else {
        throw InputError("cannot write \(path): \(String(cString: strerror(errno)))")
      }
      close(descriptor)
      if !file.exists { unlink(file.path) }
    }
  }

  /// Whether there is such a file.
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Writes a file as a whole.
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
