import Glibc
import LaminaData
package import LaminaJobs

/// An event file in a folder that TensorBoard watches.
package final class TensorBoardFile {
  /// The path of the file, whose name contains the time and the process, as TensorBoard requires.
  package let path: String
  private let descriptor: Int32
  /// The `errno` of the first write that failed; nil if none has.
  private var failure: Int32?

  /// Throws if a folder cannot be created or written to. Changes nothing.
  package static func check(folder: String) throws(JobError) {
    var status = stat()
    if stat(folder, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFDIR else {
        throw JobError(.input, "\(folder) is not a folder; events need a folder")
      }
      guard access(folder, W_OK | X_OK) != 0 else { return }
      throw JobError(.input, "cannot write into \(folder): \(String(cString: strerror(errno)))")
    }
    let parts = folder.split(separator: "/", omittingEmptySubsequences: true).dropLast()
    let start = folder.hasPrefix("/") ? "/" : ""
    let parent = parts.isEmpty ? (start.isEmpty ? "." : "/") : start + parts.joined(separator: "/")
    guard access(parent, W_OK | X_OK) == 0 else {
      throw JobError(
        .input, "cannot create the folder \(folder): \(String(cString: strerror(errno)))")
    }
  }

  /// Creates a new file in the folder, and the folder if it is missing.
  package init(folder: String) throws(JobError) {
    if mkdir(folder, 0o777) != 0 && errno != EEXIST {
      throw JobError(
        .input, "cannot create the folder \(folder): \(String(cString: strerror(errno)))")
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

  /// Adds numbers, except those that are not finite. A failed write does not end a training;
  /// ``finish()`` reports it.
  package func add(_ values: [(name: String, value: Double)], step: Int) {
    // TensorBoard stores floats, so numbers beyond their range are not finite.
    let finite = values.filter { Float($0.value).isFinite }
    if finite.isEmpty { return }
    write(TensorBoardEvent.scalars(finite, step: step, time: Self.now))
  }

  /// Adds a text in Markdown.
  package func add(_ name: String, text: String) {
    write(TensorBoardEvent.text(name, text, time: Self.now))
  }

  private func write(_ bytes: [UInt8]) {
    failure = failure ?? writeAll(bytes, to: descriptor)
  }

  /// Throws if an event was lost.
  package func finish() throws(JobError) {
    if let failure {
      throw JobError(
        .failure, "the events in \(path) are incomplete: \(String(cString: strerror(failure)))")
    }
  }
}
