import Glibc

/// Files that a command writes at its end, tried before its work begins.
struct OutputFiles {
  /// Refuses a file that cannot be written, and one that is named twice.
  init(_ paths: [String?]) throws {
    let paths = paths.compactMap(\.self)
    for (index, path) in paths.enumerated() {
      if paths[..<index].contains(path) { throw InputError("two outputs name \(path)") }
      let isThere = Self.exists(path)
      let descriptor = open(path, O_WRONLY | O_CREAT | O_NONBLOCK | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else {
        throw InputError("cannot write \(path): \(String(cString: strerror(errno)))")
      }
      close(descriptor)
      if !isThere { unlink(path) }
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
