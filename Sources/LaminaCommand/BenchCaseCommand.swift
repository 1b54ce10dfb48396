import ArgumentParser
import Glibc
import LaminaJobs

/// `lamina bench-case`: what `lamina bench` runs as a process of its own, because a case can fail in
/// any way, and only a process can be ended when it takes too much time or memory.
struct BenchCaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench-case", abstract: "Measures one case of a job.", shouldDisplay: false)

  @Argument var job: String

  func run() throws {
    // The parent decides when this ends: it finishes the case at hand when it is interrupted.
    signal(SIGINT, SIG_IGN)
    signal(SIGTERM, SIG_IGN)
    endWithParent()
    let record = try CaseMeasurement.record(of: JobCase(text: job))
    Terminal.standardOutput.write(record.line + "\n")
  }

  /// The standard input is a pipe that the parent holds open for as long as it lives.
  private func endWithParent() {
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { _ in
        var byte: UInt8 = 0
        while read(STDIN_FILENO, &byte, 1) > 0 {}
        _exit(1)
      }, nil)
  }
}
