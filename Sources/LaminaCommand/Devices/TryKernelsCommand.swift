import ArgumentParser
import Lamina

#if OpenCL
  import LaminaOpenCL

  /// `lamina try-kernels`: tries kernels for other subcommands.
  ///
  /// It is a separate process because a driver may crash or hang in a kernel.
  struct TryKernelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "try-kernels",
      abstract: "Tries the kernels that the standard input describes, one per line.",
      shouldDisplay: false)

    /// The command line that starts this subcommand, up to the selector of a device.
    static let program = ["/proc/self/exe", "try-kernels", "--device"]

    @Option var device: String

    func run() throws {
      try TrialServer.run(on: try OpenCLDevice.select(device), options: .userDefaults())
    }
  }
#endif
