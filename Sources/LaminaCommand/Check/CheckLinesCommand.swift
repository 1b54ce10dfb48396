import ArgumentParser
import Glibc
import Lamina
import LaminaCheck
import LaminaDevices

#if OpenCL
  import LaminaOpenCL
#endif

/// `lamina check-lines`: runs the checks for `lamina check`, and prints each event.
///
/// It is a separate process because a driver that fails may end its process.
struct CheckLinesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-lines", abstract: "Checks a device and prints each event.",
    shouldDisplay: false)

  @Option var device: String
  @Flag var quick = false
  @Option var from = 0
  @Option var trust: String

  func run() throws {
    ChildProcess.liveAsChild()
    // A crash ends the process at once; the runtime's report of it can take minutes.
    for number in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT] { signal(number, SIG_DFL) }
    guard let trust = CheckTrust(text: trust) else {
      throw InputError("--trust is '\(trust)', which is not a list of trusted kernels")
    }
    let device = try DeviceSelection(device).openForCheck()
    DeviceCheck(device, quick ? .sample : .whole, trust: trust) { event in
      guard let text = try? event.text else { return }
      Terminal.standardOutput.write(text + "\n")
    }.run(from: from)
    // No exit handler may call the driver again.
    if OpenDevice.areAnyLost { _exit(CheckRun.lostDevice) }
  }
}

extension DeviceSelection {
  /// Makes the device ready for a check.
  fileprivate func openForCheck() throws(BackendError) -> any CheckedDevice {
    switch self {
    case .cpu: try CheckedCPU() #if OpenCL
      case .openCL(let device): try CheckedOpenCLDevice(device)
    #endif
    }
  }
}
