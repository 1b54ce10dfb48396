import Glibc
import Synchronization

/// Sentences about reasons why the CPU backend is slower than it could be.
public enum CPUWarning {
  private static let written = Mutex<Set<String>>([])

  /// Writes a sentence to the standard error, unless this process has done so before.
  public static func write(_ sentence: String) {
    guard isNew(sentence) else { return }
    let line = Array("lamina: warning: \(sentence)\n".utf8)
    _ = Glibc.write(STDERR_FILENO, line, line.count)
  }

  /// True if a sentence is new in this process.
  public static func isNew(_ sentence: String) -> Bool {
    written.withLock { $0.insert(sentence).inserted }
  }
}
