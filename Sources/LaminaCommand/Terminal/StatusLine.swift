/// A line at the bottom of the terminal that says how far something is.
final class StatusLine {
  private let terminal: Terminal?
  private var isVisible = false

  /// Shows nothing where somebody reads a file or a pipe, or wants quiet.
  init(unless isQuiet: Bool) {
    let isShown =
      !isQuiet && Terminal.standardError.isInteractive && Terminal.standardOutput.isInteractive
    terminal = isShown ? .standardError : nil
  }

  deinit { erase() }

  /// Puts `text` in the place of what was there.
  func show(_ text: String) {
    guard let terminal else { return }
    isVisible = true
    terminal.write("\r\u{1b}[K" + text.prefix(terminal.width - 1))
  }

  /// Takes the line away.
  func erase() {
    if isVisible { terminal?.write("\r\u{1b}[K") }
    isVisible = false
  }
}
