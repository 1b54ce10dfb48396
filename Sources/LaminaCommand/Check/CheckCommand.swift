import ArgumentParser
import Lamina
import LaminaCheck
import LaminaDevices
import LaminaText

/// `lamina check`
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks that a device computes correctly: every operation, and short trainings.",
    discussion: """
      Compares every operation, every kernel that could be chosen, and short trainings of all kinds \
      with a reference in double precision. The exit code is 1 if a result is wrong. When you \
      report a problem with a device, include this output.
      """)

  @Option(
    "The device: cpu, opencl, opencl:INDEX, or part of an OpenCL device's name.", value: "device")
  var device = "opencl"

  @Flag(help: "Check only a sample of each operation's cases, in less than 20 s.") var quick = false

  @Flag(help: "Print a JSON object.") var json = false

  func run() throws {
    let selection = try DeviceSelection(device)
    Interruption.install()
    let result = try CheckRun(selection, isQuick: quick).result()
    let report = CheckReport(result)
    Terminal.standardOutput.write(json ? report.json.text + "\n" : report.text)
    if let signal = Interruption.signalNumber, !result.isComplete {
      throw Interrupted(
        signalNumber: signal, activity: "the check",
        kept: "it had reached \(result.lines.count) lines")
    }
    if !result.wrong.isEmpty { throw RunError(report.verdict) }
  }
}
