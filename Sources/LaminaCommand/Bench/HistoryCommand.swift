import ArgumentParser
import LaminaJobs
import LaminaText

/// `lamina history`
struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Shows the speed of measured cases over time.",
    discussion: "If only one case matches, the command plots it and lists its records.")

  @Option("The database that lamina bench --database wrote.", value: "file")
  var database = "results.sqlite"

  @Option(help: "Show only networks whose name contains this, such as 784-128.")
  var network: String?

  @Option(help: "Show only devices whose selector or name contains this.") var device: String?

  @Flag(help: "Plot every case and list its records.") var all = false

  @Flag(help: "Print the records as JSON Lines.") var json = false

  func run() throws {
    guard OutputFiles.exists(database) else {
      throw InputError("there is no database \(database); lamina bench --database makes one")
    }
    let records = try ResultsDatabase(path: database, mustExist: true)
      .records(network: network, device: device)
    if json {
      return Terminal.standardOutput.write(records.map { $0.line + "\n" }.joined())
    }
    let cases = History.cases(records)
    guard !cases.isEmpty else {
      return Terminal.standardOutput.write("\(database) has no matching records\n")
    }
    let text =
      all || cases.count == 1
      ? cases.map(\.detail).joined(separator: "\n")
      : Format.table([History.head] + cases.map(\.summary), numeric: [1, 3, 4])
    Terminal.standardOutput.write(text)
  }
}
