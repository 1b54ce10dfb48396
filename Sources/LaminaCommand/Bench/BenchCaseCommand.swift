import ArgumentParser
import LaminaJobs

/// `lamina bench-case`: measures one case for `lamina bench`.
///
/// It is a separate process because a case can fail in any way, and only a process can be killed
/// when it takes too much time or memory.
struct BenchCaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench-case", abstract: "Measures one case of a job.", shouldDisplay: false)

  @Argument var job: String

  func run() throws {
    ChildProcess.liveAsChild()
    let record = try CaseMeasurement.record(
      of: JobCase(text: job), TrainCaseReader(), warn: Notice.warn)
    Terminal.standardOutput.write(record.line + "\n")
  }
}
