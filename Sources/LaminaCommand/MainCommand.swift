import ArgumentParser
import Glibc
import Lamina
import LaminaBenchmark
import LaminaDevices

#if OpenCL
  import LaminaOpenCL
#endif

/// The command `lamina`.
@main
struct MainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lamina",
    abstract:
      "Trains feed-forward networks and support vector machines on the CPU and on OpenCL devices.",
    version: LaminaVersion.text,
    subcommands: [
      DevicesCommand.self, CheckCommand.self, TuneCommand.self, TrainCommand.self,
      CrossValidateCommand.self,
      EvaluateCommand.self, PredictCommand.self, InspectCommand.self, ExportCommand.self,
      SVMCommand.self,
      DemoCommand.self, CompareCommand.self, BenchCommand.self, HistoryCommand.self,
      ReportCommand.self,
      BenchCaseCommand.self, CheckLinesCommand.self,
    ] + hidden)

  /// Subcommands that only other subcommands run.
  private static var hidden: [any ParsableCommand.Type] {
    #if OpenCL
      [CompileCommand.self, TryKernelsCommand.self]
    #else
      []
    #endif
  }

  /// Runs the subcommand that the arguments name. An error becomes one sentence and an exit code.
  ///
  /// Called as `lamina-benchmark`, it is that program, so that a bundle needs one file for both.
  static func main() {
    if CommandLine.arguments.first?.hasSuffix("lamina-benchmark") == true {
      return BenchmarkCommand.main()
    }
    #if OpenCL
      OpenCLOptions.useTrialProgram(TryKernelsCommand.program)
    #endif
    do {
      var command = try parseAsRoot()
      try command.run()
      // After the loss of a device, the process does not wait for the driver.
      end(0)
    } catch {
      let failure = Failure(error)
      if let sentence = failure.sentence {
        Terminal.standardError.write("lamina: \(sentence)\n")
      } else {
        // Requested text, such as help, goes to the standard output.
        Terminal.standardOutput.write(fullMessage(for: error) + "\n")
      }
      end(failure.code)
    }
  }

  /// Ends the process. If a device was lost, its driver is not called again.
  private static func end(_ code: Int32) -> Never {
    if OpenDevice.areAnyLost {
      fflush(nil)
      _exit(code)
    }
    Glibc.exit(code)
  }
}
