import Glibc
import LaminaData

/// One of the standard streams. Text is written at once, without a buffer.
struct Terminal {
  static let standardOutput = Terminal(descriptor: STDOUT_FILENO)
  static let standardError = Terminal(descriptor: STDERR_FILENO)

  private let descriptor: Int32

  /// Whether the stream goes to a terminal.
  var isInteractive: Bool { isatty(descriptor) == 1 }

  /// The number of columns; 80 if it is unknown.
  var width: Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Whether the stream shows characters beyond ASCII: it is a terminal with a UTF-8 locale.
  var showsUnicode: Bool {
    guard isInteractive else { return false }
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(environment).first ?? ""
    return locale.uppercased().contains("UTF-8") || locale.uppercased().contains("UTF8")
  }

  /// Writes all of `text`. Errors are ignored: training continues when the reader is gone.
  func write(_ text: String) {
    _ = writeAll(Array(text.utf8), to: descriptor)
  }
}

/// The value of an environment variable; nil if it is unset or empty.
func environment(_ name: String) -> String? {
  guard let value = getenv(name) else { return nil }
  let text = String(cString: value)
  return text.isEmpty ? nil : text
}
