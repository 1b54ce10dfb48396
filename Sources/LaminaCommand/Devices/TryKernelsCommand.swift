import ArgumentParser
import Lamina

#if OpenCL
  import LaminaOpenCL

  /// `lamina try-kernels`: what other subcommands run as a process of its own, because a driver may
  /// crash over a kernel or never come back from it.
  struct TryKernelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "try-kernels",
      abstract: "Tries the kernels that the standard input describes, a line each.",
      shouldDisplay: false)

    /// How the running program is called so, before the selector of a device.
    static let program = ["/proc/self/exe", "try-kernels", "--device"]

    @Option var device: String

    func run() throws {
      try TrialServer.run(on: try OpenCLDevice.select(device), options: .userDefaults())
    }
  }
#endif
