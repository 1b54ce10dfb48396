import Glibc
package import LaminaJobs

/// A file of events in a folder that TensorBoard watches.
package final class TensorBoardFile {
  /// The file, with the time and the process in its name as TensorBoard wants it.
  package let path: String
  private let descriptor: Int32
  /// Why an event was lost.
  private var failure: Int32?

  /// Refuses a folder that cannot be made or written to, and changes nothing.
  package static func check(folder: String) throws(JobError) {
    var status = stat()
    if stat(folder, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFDIR else {
        throw JobError(.input, "\(folder) is no folder, and events go into one")
      }
      guard access(folder, W_OK | X_OK) != 0 else { return }
      throw JobError(.input, "cannot write into \(folder): \(String(cString: strerror(errno)))")
    }
    let parts = folder.split(separator: "/", omittingEmptySubsequences: true).dropLast()
    let start = folder.hasPrefix("/") ? "/" : ""
    let parent = parts.isEmpty ? (start.isEmpty ? "." : "/") : start + parts.joined(separator: "/")
    guard access(parent, W_OK | X_OK) == 0 else {
      throw JobError(
        .input, "cannot make the folder \(folder): \(String(cString: strerror(errno)))")
    }
  }

  /// Makes the folder where there is none, and a new file in it.
  package init(folder: String) throws(JobError) {
    if mkdir(folder, 0o777) != 0 && errno != EEXIST {
      throw JobError(
        .input, "cannot make the folder \(folder): \(String(cString: strerror(errno)))")
    }
    var name = [CChar](repeating: 0, count: 256)
    gethostname(&name, name.count - 1)
    let host = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    path = "\(folder)/events.out.tfevents.\(time(nil)).\(host).\(getpid()).0"
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw JobError(.input, "cannot write into \(folder): \(String(cString: strerror(errno)))")
    }
    write(TensorBoardEvent.version(time: Self.now))
  }

  deinit { close(descriptor) }

  /// Seconds since 1970.
  private static var now: Double {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
  }

  /// Adds numbers; those that are not finite are left out. A full disk does not end a training;
  /// ``finish()`` tells.
  package func add(_ values: [(name: String, value: Double)], step: Int) {
    // What TensorBoard holds are floats, which are not finite where a number is too large.
    let finite = values.filter { Float($0.value).isFinite }
    if finite.isEmpty { return }
    write(TensorBoardEvent.scalars(finite, step: step, time: Self.now))
  }

  /// Adds a text in Markdown.
  package func add(_ name: String, text: String) {
    write(TensorBoardEvent.text(name, text, time: Self.now))
  }

  private func write(_ bytes: [UInt8]) {
    guard failure == nil else { return }
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else {
        failure = errno
        return
      }
      written += count
    }
  }

  /// Throws where an event was lost.
  package func finish() throws(JobError) {
    if let failure {
      throw JobError(
        .failure, "the events in \(path) are not complete: \(String(cString: strerror(failure)))")
    }
  }
}
