import Lamina
import LaminaCheck

#if OpenCL
  import LaminaOpenCL
#endif

/// One run of `lamina check`: in a child process, and in another one from the next line on where a
/// driver ended the first.
struct CheckRun {
  let selection: DeviceSelection
  let isQuick: Bool

  /// What was found until the end, or until a signal came.
  func result() throws -> CheckResult {
    let (device, limits) = try selection.facts
    var progress = CheckProgress(device, limits, isQuick ? .sample : .whole)
    let status = StatusLine(unless: false)
    repeat {
      var unread: [UInt8] = []
      let ending = try ChildProcess.run(
        arguments(device, progress), seconds: .infinity,
        shouldStop: { Interruption.signalNumber != nil },
        receive: { bytes in
          unread += bytes
          while let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
            let text = String(decoding: unread[..<end], as: UTF8.self)
            unread.removeSubrange(...end)
            if let event = CheckEvent(text: text) { progress.take(event) }
          }
          status.show(progress.position)
        })
      status.erase()
      switch ending {
      case .exited(0, _, _), .interrupted: return progress.result
      case .exited(let code, let message, _):
        let how = Self.sentence(code, message)
        if !progress.die(how) { throw RunError(how) }
      case .timedOut, .tooLarge: return progress.result
      }
    } while !progress.result.isComplete
    return progress.result
  }

  private func arguments(_ device: DeviceDescription, _ progress: CheckProgress) throws -> [String]
  {
    [
      "check-lines", "--device", device.selector, "--from", "\(progress.next)", "--trust",
      try progress.trust.text,
    ] + (isQuick ? ["--quick"] : [])
  }

  /// How a process ended that should not have.
  private static func sentence(_ code: Int32, _ message: String) -> String {
    let last = message.split(separator: "\n").last.map { "; its last words: \($0)" } ?? ""
    return code > 128
      ? "the driver ended the process by signal \(code - 128)\(last)"
      : "the process ended with code \(code)\(last)"
  }
}

extension DeviceSelection {
  /// What is known of the device before it is opened.
  fileprivate var facts: (DeviceDescription, DeviceLimits?) {
    get throws(BackendError) {
      switch self {
      case .cpu: (try open().device, nil)
      #if OpenCL
        case .openCL(let device): (device.description, DeviceLimits(device))
      #endif
      }
    }
  }
}
