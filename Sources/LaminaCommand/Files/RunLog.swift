import Glibc
import LaminaData
import LaminaText

/// A file of JSON Lines. Each line is written whole when its event happens.
///
/// The earlier content stays until the first event. If the run never begins, a new file is removed.
final class RunLog {
  private let path: String
  private let descriptor: Int32
  private let isNew: Bool
  private var length: off_t = 0
  /// The error number of the first line that was lost.
  private var failure: Int32?

  /// Opens or creates the file, so that a bad path is an error before training begins.
  init(path: String) throws(InputError) {
    self.path = path
    let new = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    isNew = new >= 0
    descriptor = isNew ? new : open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw InputError("cannot write the log \(path): \(String(cString: strerror(errno)))")
    }
    // O_NONBLOCK only kept `open` from blocking on a pipe without a reader.
    _ = fcntl(descriptor, F_SETFL, 0)
  }

  deinit {
    close(descriptor)
    if isNew && length == 0 { unlink(path) }
  }

  /// Adds a line. A full disk does not end training; ``finish()`` reports it.
  func write(_ event: JSON) {
    guard failure == nil else { return }
    if length == 0 { ftruncate(descriptor, 0) }
    let line = Array((event.text + "\n").utf8)
    failure = writeAll(line, to: descriptor)
    if failure == nil {
      length += off_t(line.count)
    } else {
      // Half a line would make the whole file unreadable.
      ftruncate(descriptor, length)
    }
  }

  /// Throws if a line was lost.
  func finish() throws(RunError) {
    if let failure {
      throw RunError("the log \(path) is incomplete: \(String(cString: strerror(failure)))")
    }
  }
}
