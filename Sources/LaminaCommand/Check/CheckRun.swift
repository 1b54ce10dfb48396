import Lamina
import LaminaCheck
import LaminaDevices

#if OpenCL
  import LaminaOpenCL
#endif

/// One run of `lamina check`, in a child process.
///
/// If the driver ends that process or hangs in a case, another process continues with the next
/// line.
final class CheckRun {
  private let selector: String
  private let isQuick: Bool
  private var progress: CheckProgress
  private var unread: [UInt8] = []
  private var silence = Stopwatch()
  private let status = StatusLine(unless: false)

  /// The exit code of a process that lost its device and cannot check the next line.
  static let lostDevice: Int32 = 75

  /// The time limit of a case, in seconds. Compilers need tens of seconds for the largest kernels.
  private static let caseSeconds = 300.0

  init(_ selection: DeviceSelection, isQuick: Bool) throws {
    let (device, limits) = try selection.facts
    selector = device.selector
    self.isQuick = isQuick
    progress = CheckProgress(device, limits, isQuick ? .sample : .whole)
  }

  /// Runs the check to its end, or until a signal arrives, and returns the findings.
  func result() throws -> CheckResult {
    repeat {
      (unread, silence) = ([], Stopwatch())
      let ending = try ChildProcess.run(
        try arguments, seconds: .infinity, shouldStop: { self.shouldStop }, receive: receive)
      status.erase()
      if case .exited(Self.lostDevice, _, _) = ending, !progress.result.isComplete { continue }
      guard let how = Self.failure(ending) else { break }
      if !progress.die(how) { throw RunError(how) }
    } while !progress.result.isComplete
    return progress.result
  }

  private var arguments: [String] {
    get throws {
      [
        "check-lines", "--device", selector, "--from", "\(progress.next)", "--trust",
        try progress.trust.text,
      ] + (isQuick ? ["--quick"] : [])
    }
  }

  private var shouldStop: Bool {
    Interruption.signalNumber != nil || silence.seconds > Self.caseSeconds
  }

  /// Reads events, one per line.
  private func receive(_ bytes: [UInt8]) {
    silence = Stopwatch()
    unread += bytes
    while let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
      let text = String(decoding: unread[..<end], as: UTF8.self)
      unread.removeSubrange(...end)
      if let event = CheckEvent(text: text) { progress.take(event) }
    }
    status.show(progress.position)
  }

  /// The reason why a process failed; nil if it succeeded or the user interrupted it.
  private static func failure(_ ending: ChildProcess.Ending) -> String? {
    switch ending {
    case .exited(0, _, _): return nil
    case .exited(let code, let message, _):
      let last = message.split(separator: "\n").last.map { "; its last message: \($0)" } ?? ""
      return code > 128
        ? "the driver ended the process with signal \(code - 128)\(last)"
        : "the process ended with code \(code)\(last)"
    case .timedOut, .tooLarge, .interrupted:
      return Interruption.signalNumber == nil
        ? "the device had not finished after \(Int(caseSeconds)) s" : nil
    }
  }
}

extension DeviceSelection {
  /// The facts that are known without opening an OpenCL device.
  fileprivate var facts: (DeviceDescription, DeviceLimits?) {
    get throws(BackendError) {
      switch self {
      case .cpu: return (try open(DeviceOptions(warn: Notice.warn)).description, nil) #if OpenCL
        case .openCL(let device): return (device.description, DeviceLimits(device))
      #endif
      }
    }
  }
}
