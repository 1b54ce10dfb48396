/// A line at the bottom of the terminal that shows the progress of some work.
final class StatusLine {
  private let terminal: Terminal?
  private var isVisible = false

  /// Shows nothing if the output goes to a file or a pipe, or if the user wants quiet.
  init(unless isQuiet: Bool) {
    let isShown =
      !isQuiet && Terminal.standardError.isInteractive && Terminal.standardOutput.isInteractive
    terminal = isShown ? .standardError : nil
  }

  deinit { erase() }

  /// Replaces the line with `text`.
  func show(_ text: String) {
    guard let terminal else { return }
    isVisible = true
    terminal.write("\r\u{1b}[K" + text.prefix(terminal.width - 1))
  }

  /// Erases the line.
  func erase() {
    if isVisible { terminal?.write("\r\u{1b}[K") }
    isVisible = false
  }
}
