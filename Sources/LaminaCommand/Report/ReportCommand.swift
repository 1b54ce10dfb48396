import ArgumentParser
import LaminaReport

/// `lamina report`
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Writes a page with charts of trainings, measurements and profiles.",
    discussion: """
      The page is one self-contained HTML file. It has charts and the numbers behind them, and a \
      light and a dark theme. Several runs share the same charts.
      """)

  @Argument(
    help: ArgumentHelp(
      """
      Logs of lamina train or svm, results of lamina bench, the JSON of lamina compare, or profiles \
      of lamina train.
      """, valueName: "file")) var files: [String]

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write the page here (HTML).", valueName: "file"))
  var output = "report.html"

  func run() throws {
    var use = FileUse()
    for file in files { use.reads(file, as: "to be reported") }
    use.writes(output, as: "--output")
    try use.check()
    let outputs = try OutputFiles([output])
    let inputs = try ReportInputs(paths: files)
    for problem in inputs.problems { Notice.warn(problem) }
    try outputs.write(inputs.page.html, to: output)
    Terminal.standardOutput.write("\(output)\n")
  }
}
