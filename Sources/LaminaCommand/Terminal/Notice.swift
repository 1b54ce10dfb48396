import LaminaData

/// A word on the terminal while something takes time; it goes away when its time is over.
enum Notice {
  /// Shows `text` during `work`, where somebody looks and does not want quiet.
  static func show<Result>(
    _ text: String, unless isQuiet: Bool = false, during work: () throws -> Result
  ) rethrows -> Result {
    let terminal = Terminal.standardError
    guard !isQuiet, terminal.isInteractive, Terminal.standardOutput.isInteractive else {
      return try work()
    }
    terminal.write(String(text.prefix(terminal.width - 1)))
    defer { terminal.write("\r\u{1b}[K") }
    return try work()
  }

  /// Tells what was decided about data, beside an output that is for programs.
  static func tell(_ decisions: [DataDecision]) {
    for decision in decisions {
      Terminal.standardError.write("lamina: note: \(decision.description)\n")
    }
  }

  /// Tells of what is ignored or replaced, in a sentence.
  static func warn(_ sentence: String) {
    let terminal = Terminal.standardError
    let start = terminal.isInteractive ? "\r\u{1b}[K" : ""
    terminal.write("\(start)\(warningStart)\(sentence)\n")
  }

  private static let warningStart = "lamina: warning: "

  /// The sentences that a process of this program has told by ``warn(_:)``.
  static func warnings(in text: String) -> [Substring] {
    text.split(separator: "\n").filter { $0.hasPrefix(warningStart) }
      .map { $0.dropFirst(warningStart.count) }
  }
}
