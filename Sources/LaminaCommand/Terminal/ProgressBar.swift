import LaminaText

/// A line at the bottom of the terminal that shows the progress of training.
struct ProgressBar {
  private let terminal: Terminal
  private let isUnicode: Bool
  /// The examples of an epoch, and of the whole training.
  private let perEpoch: Int
  private let inAll, epochs: Int
  private var lastDrawn: ContinuousClock.Instant?
  private var isVisible = false

  /// A bar on the standard error; nil if the output goes to a file or a pipe.
  init?(perEpoch: Int, inAll: Int, epochs: Int) {
    terminal = .standardError
    guard terminal.isInteractive, Terminal.standardOutput.isInteractive else { return nil }
    isUnicode = terminal.showsUnicode
    self.perEpoch = max(1, perEpoch)
    self.inAll = inAll
    self.epochs = epochs
  }

  /// Draws the state, at most ten times a second.
  ///
  /// - Parameters:
  ///   - examples: The examples seen in this epoch.
  ///   - before: The examples seen in earlier epochs.
  ///   - seconds: The training time so far, without evaluation.
  mutating func update(epoch: Int, examples: Int, before: Int, seconds: Double) {
    let now = ContinuousClock.now
    if let lastDrawn, now - lastDrawn < .milliseconds(100) { return }
    lastDrawn = now
    let seen = before + examples
    let rate = seconds > 0 ? Double(seen) / seconds : 0
    let left = rate > 0 ? Format.clock(Double(inAll - seen) / rate) : "-"
    let share = min(1, Double(examples) / Double(perEpoch))
    let head = "epoch \(epoch)/\(epochs) "
    let tail =
      " \(Format.right("\(Int(share * 100))", 3))%  \(Format.rate(rate)) samples/s  \(left) left"
    let room = min(40, terminal.width - 1 - head.count - tail.count - 2)
    let line =
      room >= 5
      ? head + Self.bar(share, cells: room, isUnicode: isUnicode) + tail : head + tail
    // Carriage return, then the text, then "erase to the end of the line".
    terminal.write("\r" + String(line.prefix(max(1, terminal.width - 1))) + "\u{1b}[K")
    isVisible = true
  }

  /// Erases the bar, so that a line can be printed in its place.
  mutating func erase() {
    guard isVisible else { return }
    terminal.write("\r\u{1b}[K")
    isVisible = false
    lastDrawn = nil
  }

  /// A bar of `cells` characters between brackets.
  static func bar(_ share: Double, cells: Int, isUnicode: Bool) -> String {
    let full = Int(share * Double(cells))
    let (on, off) = isUnicode ? ("█", "░") : ("#", "-")
    return "[" + String(repeating: on, count: full)
      + String(repeating: off, count: cells - full) + "]"
  }
}
