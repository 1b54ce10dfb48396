import LaminaText

/// A line at the bottom of the terminal that shows how many examples are predicted.
struct PredictionProgress {
  private static let cells = 16

  private let line: StatusLine
  private let watch = Stopwatch()

  /// Shows nothing if the output goes to a file or a pipe, or if the user wants quiet.
  init(unless isQuiet: Bool) { line = StatusLine(unless: isQuiet) }

  /// Draws the state.
  ///
  /// - Parameters:
  ///   - count: The examples so far.
  ///   - share: The share of the source that was read; nil if its size is unknown.
  func show(_ count: Int, share: Double?) {
    let (seconds, rate) = (watch.seconds, Double(count) / max(watch.seconds, 1e-9))
    var text = "\(count) examples  \(Format.rate(rate)) examples/s"
    if let share, share > 0 {
      let left = Format.clock(seconds * (1 - share) / share)
      text =
        ProgressBar.bar(share, cells: Self.cells, isUnicode: Terminal.standardError.showsUnicode)
        + " \(Format.right("\(Int(share * 100))", 3))%  \(text)  \(left) left"
    }
    line.show(text)
  }

  /// Erases the line.
  func erase() { line.erase() }
}
