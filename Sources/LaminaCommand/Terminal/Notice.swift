import LaminaData

/// Messages on the terminal: notices that disappear when their work is done, notes and warnings.
enum Notice {
  /// Shows `text` during `work`, if the streams are terminals and the user does not want quiet.
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

  /// Prints the decisions about the data to the standard error, for commands whose output is JSON.
  static func tell(_ decisions: [DataDecision]) {
    for decision in decisions {
      Terminal.standardError.write("lamina: note: \(decision.description)\n")
    }
  }

  /// Prints a warning, such as that something is ignored or replaced.
  static func warn(_ sentence: String) {
    let terminal = Terminal.standardError
    let start = terminal.isInteractive ? "\r\u{1b}[K" : ""
    terminal.write("\(start)\(warningStart)\(sentence)\n")
  }

  private static let warningStart = "lamina: warning: "

  /// The sentences that a child process printed by ``warn(_:)``.
  static func warnings(in text: String) -> [Substring] {
    text.split(separator: "\n").filter { $0.hasPrefix(warningStart) }
      .map { $0.dropFirst(warningStart.count) }
  }
}
